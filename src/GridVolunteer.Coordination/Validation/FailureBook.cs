using GridVolunteer.Coordination.Shards;
using GridVolunteer.Coordination.Shards.Units;

namespace GridVolunteer.Coordination.Validation;

/// <summary>The failures kept of a shard, and the units that failed for good (those all).</summary>
internal sealed class FailureBook
{
    private readonly List<KeptFailure> _kept = [];

    /// <summary>
    /// At most <see cref="RetryRules.FailuresKeptMax"/>, the earliest, in the order in which they came.
    /// </summary>
    public IReadOnlyList<KeptFailure> Kept => _kept;

    /// <summary>Units that failed for good.</summary>
    public RunSet Failed { get; } = new();

    /// <summary>The last message of the first unit that failed for good.</summary>
    public string? FirstError { get; set; }

    /// <summary>Keeps a failure, if there is room.</summary>
    public void Add(KeptFailure failure)
    {
        if (_kept.Count >= RetryRules.FailuresKeptMax)
        {
            return;
        }

        // A workload that fails mostly fails with the same words.
        _kept.Add(_kept.Count > 0 && _kept[^1].Message == failure.Message
            ? failure with { Message = _kept[^1].Message }
            : failure);
    }

    /// <summary>A unit failed for good.</summary>
    public void Finish(int unit, string message)
    {
        Failed.Add(unit, 1);
        FirstError ??= message;
    }
}
