using System.Text;
using GridVolunteer.Sdk;

namespace GridVolunteer.Workloads.ProteinSearch.Fasta;

/// <summary>
/// Reads proteins in FASTA: a line <c>&gt;name description</c>, then lines of residues. Blank lines and white
/// space are skipped. Files that start with gzip's magic number are unpacked on the way.
/// </summary>
internal static class FastaReader
{
    private const int GzipMagic = 0x8b1f;
    private const int BufferSizeBytes = 1 << 16;

    /// <summary>Reads a file's sequences one after the other.</summary>
    /// <param name="path">The file.</param>
    /// <param name="inputName">The input's name, for messages.</param>
    /// <exception cref="WorkloadException">It is malformed; the message names the line.</exception>
    public static IEnumerable<ProteinSequence> ReadFile(string path, string inputName)
    {
        using var file = new FileStream(
            path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferSizeBytes);
        var isGzip = file.ReadByte() + (file.ReadByte() << 8) == GzipMagic;
        file.Position = 0;
        using var content = isGzip ? WholeGzip.Unpack(file) : file;
        using var reader = new StreamReader(
            content, Encoding.Latin1, detectEncodingFromByteOrderMarks: true, BufferSizeBytes);
        foreach (var sequence in Read(reader, inputName, isGzip ? WholeGzip.End : null))
        {
            yield return sequence;
        }
    }

    /// <summary>Reads sequences one after the other.</summary>
    /// <param name="reader">The text.</param>
    /// <param name="inputName">The input's name, for messages.</param>
    /// <param name="end">The line that ends the text; null when it just ends.</param>
    /// <exception cref="WorkloadException">The text is malformed; the message names the line.</exception>
    public static IEnumerable<ProteinSequence> Read(
        TextReader reader, string inputName, string? end = null)
    {
        string? name = null;
        var headerLine = 0;
        var lineNumber = 0;
        var residues = new List<byte>();
        while (true)
        {
            var line = ReadLine(reader, inputName, ++lineNumber);
            if (line == end)
            {
                break;
            }

            if (line is null)
            {
                throw new WorkloadException(
                    $"The input '{inputName}' is cut off after line {lineNumber - 1}, or something follows its "
                    + "gzip data: copy or download it again.");
            }

            if (!line.StartsWith('>'))
            {
                Append(line, name, residues, inputName, lineNumber);
                continue;
            }

            if (name is not null)
            {
                yield return Finish(name, residues, inputName, headerLine);
            }

            name = NameIn(line, inputName, lineNumber);
            headerLine = lineNumber;
            residues.Clear();
        }

        yield return name is null
            ? throw new WorkloadException(
                $"The input '{inputName}' holds no sequences: it should be FASTA, plain or gzip.")
            : Finish(name, residues, inputName, headerLine);
    }

    private static string? ReadLine(TextReader reader, string inputName, int lineNumber)
    {
        try
        {
            return reader.ReadLine();
        }
        catch (InvalidDataException e)
        {
            throw new WorkloadException(
                $"The input '{inputName}' is damaged gzip after line {lineNumber - 1}: {e.Message}", e);
        }
    }

    private static string NameIn(string header, string inputName, int lineNumber)
    {
        var words = header[1..].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return words.Length > 0
            ? words[0]
            : throw Malformed(inputName, lineNumber, "the header has no name after '>'");
    }

    private static void Append(
        string line, string? name, List<byte> residues, string inputName, int lineNumber)
    {
        foreach (var c in line)
        {
            if (char.IsWhiteSpace(c))
            {
                continue;
            }

            if (name is null)
            {
                throw Malformed(
                    inputName, lineNumber, "a header that starts with '>' must come before the residues");
            }

            var code = Alphabet.CodeOf(c);
            if (code == Alphabet.None)
            {
                throw Malformed(inputName, lineNumber, c is '-' or '.'
                    ? $"'{c}' is a gap of an alignment; give the sequences without gaps"
                    : $"{Printable(c)} is no residue");
            }

            residues.Add(code);
        }
    }

    private static ProteinSequence Finish(
        string name, List<byte> residues, string inputName, int headerLine) =>
        residues.Count > 0
            ? new ProteinSequence(name, [.. residues])
            : throw Malformed(inputName, headerLine, $"the sequence {name} has no residues");

    private static WorkloadException Malformed(string inputName, int lineNumber, string what) =>
        new($"The input '{inputName}' is malformed in line {lineNumber}: {what}.");

    private static string Printable(char c) =>
        char.IsControl(c) || c > '~' ? $"the character with code {(int)c}" : $"'{c}'";
}
