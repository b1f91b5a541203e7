using WeakToStrong.Cli.Shell;
using WeakToStrong.Data.Experiment;

namespace WeakToStrong.Cli.Commands;

/// <summary><c>w2s apply</c>: predictions of a model that <c>w2s data --save</c> wrote.</summary>
internal static class ApplyCommand
{
    public static ShellCommand Create()
    {
        var model = new ValueArgument("MODELDIR", "Folder of a model that w2s data --save wrote, such as DIR/direct.",
            "the folder of a saved model");
        var file = new ValueArgument("FILE", "New rows: raw features as those that the model was trained on.",
            "the path of a CSV, .npy, .npz, .safetensors, Parquet or Arrow file");
        var id = Options.Text("--id-column", "A column that names the rows; without it they are numbered from 1.", "text", "NAME");
        return new ShellCommand("apply", "Predict new rows with a model that data --save wrote.", Run, writesTable: true, model, file, id)
        {
            Examples = ["apply models/direct new.csv --out predictions.csv"],
        };

        ExitStatus Run(CommandContext context)
        {
            var saved = SavedModel.Read(context.Get(model));
            context.Write(saved.Predict(context.Get(file), context.Get(id), context.Run));
            return ExitStatus.Done;
        }
    }
}
