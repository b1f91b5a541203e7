using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Microsoft.ML.Tokenizers;
using WeakToStrong.Data.Formats;

namespace WeakToStrong.Embed;

/// <summary>Texts as an encoder's input: the word pieces of a BERT vocabulary, filled up to the longest text of a batch.</summary>
internal sealed class Texts(Encoder encoder, string vocabulary, bool lowerCase, int longest)
{
    private const int Batch = 16;

    private readonly BertTokenizer _tokenizer = Tokenizer(vocabulary, lowerCase);

    /// <summary>A column of a file of any format that the library reads; a missing cell is an empty text.</summary>
    public static string[] Column(string path, string name)
    {
        using RowFile file = InputFile.Open(path, RunOptions.Default);
        string[] names = [.. file.Columns.Select(column => column.Name)];
        int column = Array.IndexOf(names, name);
        if (column < 0)
            throw new InputException($"{file.Name} has no column '{name}'; it has {string.Join(", ", names.Take(20))}");
        return [.. file.ReadTexts(column, RunOptions.Default).Select(text => text ?? string.Empty)];
    }

    private static BertTokenizer Tokenizer(string vocabulary, bool lowerCase)
    {
        try
        {
            return BertTokenizer.Create(vocabulary, new BertOptions { LowerCaseBeforeTokenization = lowerCase });
        }
        catch (Exception e) when (e is ArgumentException or FileNotFoundException)
        {
            throw new InputException(File.Exists(vocabulary)
                ? $"'{vocabulary}' is not a vocabulary of word pieces: {e.Message.TrimEnd('.')}"
                : $"there is no vocabulary '{vocabulary}'", e);
        }
    }

    /// <summary>Encodes texts, one vector each.</summary>
    public IEnumerable<float[]> Encode(IEnumerable<string> texts)
    {
        foreach (string[] batch in texts.Chunk(Batch))
        {
            int[][] tokens = [.. batch.Select(text => _tokenizer.EncodeToIds(text, longest, out _, out _).ToArray())];
            int length = tokens.Max(t => t.Length);
            var (ids, mask) = (new long[batch.Length * length], new long[batch.Length * length]);
            for (int i = 0; i < tokens.Length; i++)
            {
                for (int t = 0; t < tokens[i].Length; t++)
                    (ids[(i * length) + t], mask[(i * length) + t]) = (tokens[i][t], 1);
            }
            int[] shape = [batch.Length, length];
            NamedOnnxValue[] inputs = [.. encoder.Inputs.Select(name => NamedOnnxValue.CreateFromTensor(name, new DenseTensor<long>(
                name switch { "input_ids" => ids, "attention_mask" => mask, _ => new long[ids.Length] }, shape)))];
            foreach (float[] row in encoder.Encode(inputs, mask))
                yield return row;
        }
    }
}
