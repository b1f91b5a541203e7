using WeakToStrong.Randomness;

namespace WeakToStrong.Data;

/// <summary>
/// Who learns from which rows: the teacher from true labels, the student from the teacher's labels, and the test rows from nobody. The
/// three sets are disjoint; each has its minimum size.
/// </summary>
public sealed class RowSplit
{
    /// <summary>A split by row numbers.</summary>
    /// <param name="teacher">At least 2 rows with true labels.</param>
    /// <param name="student">At least 2 rows without.</param>
    /// <param name="test">At least 1 row.</param>
    /// <exception cref="ArgumentException">A set is too small, or a row is negative or occurs twice.</exception>
    public RowSplit(int[] teacher, int[] student, int[] test)
    {
        ArgumentNullException.ThrowIfNull(teacher);
        ArgumentNullException.ThrowIfNull(student);
        ArgumentNullException.ThrowIfNull(test);
        Require.AtLeast(teacher.Length, 2);
        Require.AtLeast(student.Length, 2);
        Require.AtLeast(test.Length, 1);
        (teacher, student, test) = ([.. teacher], [.. student], [.. test]);
        int last = Math.Max(teacher.Max(), Math.Max(student.Max(), test.Max()));
        var seen = new System.Collections.BitArray(Math.Max(0, last) + 1);
        foreach (int row in teacher.Concat(student).Concat(test))
        {
            if (row < 0)
                throw new ArgumentOutOfRangeException(nameof(teacher), row, "rows are numbered from 0");
            if (seen[row])
                throw new ArgumentException($"row {row} occurs twice", nameof(teacher));
            seen[row] = true;
        }
        Teacher = teacher;
        Student = student;
        Test = test;
    }

    /// <summary>Rows with true labels.</summary>
    public IReadOnlyList<int> Teacher { get; }

    /// <summary>Rows that the teacher labels.</summary>
    public IReadOnlyList<int> Student { get; }

    /// <summary>Rows that errors are measured on.</summary>
    public IReadOnlyList<int> Test { get; }

    /// <summary>The same split with the student's rows in their own order, in which files are read.</summary>
    internal RowSplit InOrder() => new([.. Teacher], [.. Student.Order()], [.. Test]);

    /// <summary>Draws disjoint sets at random.</summary>
    /// <param name="rows">Number of rows to draw from.</param>
    /// <param name="sizes">Sizes of the sets, together at most <paramref name="rows"/>.</param>
    /// <param name="random">The source of randomness.</param>
    public static RowSplit Draw(int rows, SplitSizes sizes, RandomStream random)
    {
        ArgumentNullException.ThrowIfNull(random);
        sizes.Check(rows);
        int[] order = [.. Enumerable.Range(0, rows)];
        random.Shuffle(order);
        int labelled = sizes.Teacher, seen = sizes.Teacher + sizes.Student;
        return new RowSplit(order[..labelled], order[labelled..seen], order[seen..(seen + sizes.Test)]);
    }

    /// <summary>Draws disjoint sets at random where some rows have no label: the teacher's rows have one,
    /// the test rows as far as such rows are left, and the student takes those without first. With all
    /// labels it is <see cref="Draw(int, SplitSizes, RandomStream)"/>.</summary>
    /// <param name="labels">Labels of all rows.</param>
    /// <param name="sizes">Sizes of the sets.</param>
    /// <param name="random">The source of randomness.</param>
    /// <exception cref="InputException">There are fewer labelled rows than the teacher's.</exception>
    public static RowSplit Draw(Labels labels, SplitSizes sizes, RandomStream random)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(random);
        if (labels.LabelledCount == labels.Count)
            return Draw(labels.Count, sizes, random);
        sizes.Check(labels.Count);
        if (labels.LabelledCount < sizes.Teacher)
            throw new InputException(
                $"--n-teacher asks for {sizes.Teacher} rows with true labels, and {labels.LabelledCount} of {labels.Count} have one");
        int[] order = [.. Enumerable.Range(0, labels.Count)];
        random.Shuffle(order);
        order = [.. order.Where(labels.IsLabelled), .. order.Where(row => !labels.IsLabelled(row))];
        int tested = sizes.Teacher + sizes.Test;
        return new RowSplit(order[..sizes.Teacher], order[^sizes.Student..], order[sizes.Teacher..tested]);
    }

    /// <summary>A split by one word a row: <c>teacher</c>, <c>student</c>, <c>test</c> or <c>unused</c>.</summary>
    /// <param name="words">One a row, in the order of the rows.</param>
    /// <param name="source">Name of their file, for messages.</param>
    /// <param name="place">How messages call a row; null: by its number.</param>
    /// <exception cref="InputException">Another word occurs, or a set is too small.</exception>
    public static RowSplit Of(IReadOnlyList<string> words, string source, Func<int, string>? place = null)
    {
        ArgumentNullException.ThrowIfNull(words);
        List<int> teacher = [], student = [], test = [];
        for (int i = 0; i < words.Count; i++)
        {
            List<int>? set = words[i].Trim() switch
            {
                "teacher" => teacher,
                "student" => student,
                "test" => test,
                "unused" => null,
                _ => throw InputException.At($"{source}, {place?.Invoke(i) ?? $"row {i + 1}"}, column split", words[i],
                    "teacher, student, test or unused"),
            };
            set?.Add(i);
        }
        RequireRows(source, "teacher", teacher.Count, 2);
        RequireRows(source, "student", student.Count, 2);
        RequireRows(source, "test", test.Count, 1);
        return new RowSplit([.. teacher], [.. student], [.. test]);
    }

    private static void RequireRows(string source, string word, int count, int least)
    {
        if (count < least)
            throw new InputException($"{source} says '{word}' in {count} rows; it must say it in at least {least}");
    }
}

/// <summary>How many rows each part of a split has.</summary>
/// <param name="Teacher">Rows with true labels, at least 2.</param>
/// <param name="Student">Rows that the teacher labels, at least 2.</param>
/// <param name="Test">Test rows, at least 1.</param>
public readonly record struct SplitSizes(int Teacher, int Student, int Test)
{
    /// <summary>Sizes for data of this many rows when the user names none: a ninth for the teacher, two thirds for the student, the rest
    /// for the test.</summary>
    public static SplitSizes Default(int rows) => new(rows / 9, (int)(rows * 2L / 3), rows - (rows / 9) - (int)(rows * 2L / 3));

    /// <summary>The same for data of which many rows have no label: of those with one two thirds for the teacher and the rest for the test,
    /// all others for the student. With few or no rows of that kind it is <see cref="Default(int)"/>.</summary>
    public static SplitSizes Default(Labels labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        int labelled = labels.LabelledCount, rest = labels.Count - labelled;
        if (rest < labelled || labelled < 3)
            return Default(labels.Count);
        int teacher = Math.Max(2, (int)(labelled * 2L / 3));
        return new SplitSizes(teacher, rest, labelled - teacher);
    }

    /// <summary>Refuses sizes that data of this many rows cannot give.</summary>
    /// <exception cref="InputException">A size is too small, or together they are more rows than there are.</exception>
    public void Check(int rows)
    {
        if (Teacher < 2 || Student < 2 || Test < 1)
            throw new InputException($"--n-teacher {Teacher}, --n-student {Student}, --n-test {Test}: the teacher and the student need at "
                + "least 2 rows, the test at least 1");
        long asked = (long)Teacher + Student + Test;
        if (asked > rows)
            throw new InputException(
                $"--n-teacher {Teacher} + --n-student {Student} + --n-test {Test} = {asked} rows are asked for, and the data has {rows}");
    }
}
