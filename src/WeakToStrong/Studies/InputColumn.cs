using WeakToStrong.Tables;

namespace WeakToStrong.Studies;

/// <summary>Columns that name an input of a plane in each of its rows.</summary>
internal static class InputColumn
{
    public static ResultColumn Of(Parameter parameter, double value, int rows) => ResultColumn.Of(parameter.Name, Repeated(value, rows));

    public static ResultColumn Of(Parameter parameter, long value, int rows) => ResultColumn.Of(parameter.Name, Repeated(value, rows));

    /// <summary>A word, by its canonical text.</summary>
    public static ResultColumn Of<T>(Arguments plane, Parameter<T> parameter, int rows)
        where T : notnull => ResultColumn.Of(parameter.Name, Repeated(parameter.Write(plane.Get(parameter)), rows));

    public static ResultColumn Of(Arguments plane, AxisParameter<double> axis, int rows) => Of(axis, plane.Single(axis), rows);

    public static ResultColumn Of(Arguments plane, AxisParameter<long> axis, int rows) => Of(axis, plane.Single(axis), rows);

    /// <summary>A seed: a whole number while it fits one, else its digits.</summary>
    public static ResultColumn Of(Arguments plane, AxisParameter<ulong> axis, int rows) =>
        plane.Single(axis) is <= long.MaxValue and var seed
        ? Of(axis, (long)seed, rows)
        : ResultColumn.Of(axis.Name, Repeated(axis.Write(plane.Get(axis)), rows));

    private static T[] Repeated<T>(T value, int rows)
    {
        var column = new T[rows];
        column.AsSpan().Fill(value);
        return column;
    }
}
