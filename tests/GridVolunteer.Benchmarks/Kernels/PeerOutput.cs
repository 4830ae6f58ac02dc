using System.Globalization;

namespace GridVolunteer.Benchmarks.Kernels;

/// <summary>
/// What a peer's program printed: its name and version, work and seconds, and figures to check.
/// </summary>
/// <param name="Version">Name and version.</param>
/// <param name="Lap">What it did.</param>
/// <param name="Figures">Scores of the sequences in their order, or a price and its standard error.</param>
internal sealed record PeerOutput(string Version, Lap Lap, IReadOnlyList<double> Figures)
{
    /// <summary>Reads it.</summary>
    public static PeerOutput Parse(string text)
    {
        var lines = text.Split('\n', 2);
        var numbers = lines[1].Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries)
            .Select(word => double.Parse(word, CultureInfo.InvariantCulture)).ToArray();
        return new PeerOutput(lines[0].Trim(), new Lap(numbers[0], numbers[1]), numbers[2..]);
    }
}
