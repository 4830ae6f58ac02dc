using System.CommandLine;
using GridVolunteer.Cli.CommandLine;
using GridVolunteer.Cli.Jobs;
using GridVolunteer.Cli.Presentation;

namespace GridVolunteer.Cli.Plots;

/// <summary>The file that the pictures of an output are drawn into.</summary>
public static class PlotFile
{
    private const string Extension = ".svg";

    /// <summary>The <c>--plot</c> option.</summary>
    public static Option<string?> CreateOption() => new("--plot")
    {
        HelpName = "FILE.svg",
        Description = "Draw the pictures that the output carries into this file, one below the other; the "
            + "output itself is then written only where -o says.",
    };

    /// <summary>Refuses what cannot be drawn into, before anything is fetched.</summary>
    /// <exception cref="CliException">The file is none for an SVG, or it is the output's file too, or its
    /// folder is missing.</exception>
    public static void Check(string path, string? outputPath)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (!Path.GetExtension(path).Equals(Extension, StringComparison.OrdinalIgnoreCase))
        {
            throw CliException.WrongUse(
                $"Pictures are drawn as SVG: give --plot a file that ends in {Extension}, not '{path}'.");
        }

        if (outputPath is not null && Path.GetFullPath(path) == Path.GetFullPath(outputPath))
        {
            throw CliException.WrongUse("--plot and -o name the same file; give each its own.");
        }

        OutputFile.CheckFolder(path);
    }

    /// <summary>Draws the pictures of an output into <paramref name="path"/>.</summary>
    /// <param name="path">Where to; checked already.</param>
    /// <param name="output">The output; null when it was too large to keep.</param>
    /// <param name="what">What to call it in messages: <c>The output of j17</c>.</param>
    /// <param name="terminal">Is told what was drawn.</param>
    /// <exception cref="CliException">The output has no pictures that can be drawn.</exception>
    public static async Task DrawAsync(
        string path, ReadOnlyMemory<byte>? output, string what, Terminal terminal)
    {
        ArgumentNullException.ThrowIfNull(terminal);
        if (output is not { } bytes)
        {
            throw new CliException(
                $"{what} is larger than {Wording.Bytes(PlotReader.OutputSizeBytesMax)}; pictures are drawn "
                + "from outputs up to that size.\nRead it without --plot.");
        }

        var plots = PlotReader.Read(bytes, what);
        var (svg, leftOut) = SvgPicture.Draw(plots);
        await OutputFile.WriteAsync(path, terminal, async stream => await stream.WriteAsync(svg));
        var titles = plots.Select(plot => $"'{PlainText.Of(plot.Title)}'");
        terminal.Note($"Drew {string.Join(", ", titles)} into {path}.");
        if (leftOut > 0)
        {
            terminal.Note(
                $"{Wording.Counted(leftOut, "point")} at or below 0 had no place on a logarithmic axis.");
        }
    }
}
