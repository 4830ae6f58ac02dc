using System.CommandLine;

namespace GridVolunteer.Benchmarks.Load;

/// <summary>The options of verbs that load something for a while before they measure.</summary>
/// <param name="warmUpSeconds">How long, if nothing else is said.</param>
/// <param name="seconds">How long is measured, if nothing else is said.</param>
internal sealed class TimeFlags(int warmUpSeconds, int seconds)
{
    private readonly Option<int> _warmUp = LoadFlags.Number("--warm-up", warmUpSeconds, "Seconds of load before measuring.");
    private readonly Option<int> _seconds = LoadFlags.Number("--seconds", seconds, "Seconds to measure.");

    /// <summary>All of them.</summary>
    public IReadOnlyList<Option> All => [_warmUp, _seconds];

    /// <summary>How long to load before measuring.</summary>
    public TimeSpan WarmUp(ParseResult parsed) => TimeSpan.FromSeconds(parsed.GetValue(_warmUp));

    /// <summary>How long to measure.</summary>
    public TimeSpan Measured(ParseResult parsed) => TimeSpan.FromSeconds(parsed.GetValue(_seconds));
}
