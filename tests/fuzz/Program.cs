using System.Runtime.CompilerServices;
using WeakToStrong.Fuzz;

// Arguments: the number of files, and their format; see the script run.
int count = int.Parse(args[0], System.Globalization.CultureInfo.InvariantCulture);
string cases = Path.Combine(Path.GetDirectoryName(Here())!, "..", "cases");
string folder = Directory.CreateTempSubdirectory("w2s-fuzz-").FullName;
var fuzzing = new Fuzzing(folder);
fuzzing.Run(args[1], Samples.Of(args[1], cases), count);
if (fuzzing.Failures == 0)
    Directory.Delete(folder, recursive: true);
else
    Console.WriteLine($"What failed is kept in {folder}");
return fuzzing.Failures == 0 ? 0 : 1;

static string Here([CallerFilePath] string path = "") => path;
