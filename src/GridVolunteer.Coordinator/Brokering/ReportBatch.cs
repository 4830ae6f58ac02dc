using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Work;

namespace GridVolunteer.Coordinator.Brokering;

/// <summary>
/// The sound reports of one request by shard, and the outcome of each report in the order of the request. Safe
/// for concurrent use: looking for work takes reports along while others are handed in.
/// </summary>
internal sealed class ReportBatch
{
    private readonly Lock _lock = new();
    private readonly IReadOnlyList<GrantReport> _reports;
    private readonly ReportOutcome?[] _outcomes;

    // Nearly always one shard: a list is quicker than a dictionary.
    private readonly List<(ShardId Shard, List<int> Indexes)> _groups = [];

    public ReportBatch(IReadOnlyList<GrantReport> reports)
    {
        _reports = reports;
        _outcomes = new ReportOutcome?[reports.Count];
    }

    /// <summary>Shards that have reports which were not handed over yet.</summary>
    public IReadOnlyList<ShardId> Shards
    {
        get
        {
            lock (_lock)
            {
                return [.. _groups.Select(group => group.Shard)];
            }
        }
    }

    /// <summary>The outcomes, when all are known.</summary>
    public IReadOnlyList<ReportOutcome> Outcomes => _outcomes!;

    /// <summary>A report is sound.</summary>
    public void Accept(int index)
    {
        var shard = _reports[index].Grant.Shard;
        lock (_lock)
        {
            foreach (var group in _groups)
            {
                if (group.Shard == shard)
                {
                    group.Indexes.Add(index);
                    return;
                }
            }

            _groups.Add((shard, [index]));
        }
    }

    /// <summary>A report is refused.</summary>
    public void Refuse(int index, string reason) =>
        _outcomes[index] = new ReportOutcome(_reports[index].Grant, 0, 0, reason);

    /// <summary>Hands over the reports of a shard, with their places in the request.</summary>
    public IReadOnlyList<GrantReport> Take(ShardId shard, out IReadOnlyList<int> indexes)
    {
        var taken = Remove(shard);
        indexes = taken;
        return [.. taken.Select(index => _reports[index])];
    }

    /// <summary>What a shard did with the reports it was handed.</summary>
    public void Settle(IReadOnlyList<int> indexes, IReadOnlyList<ReportOutcome> outcomes)
    {
        for (var i = 0; i < indexes.Count; i++)
        {
            _outcomes[indexes[i]] = outcomes[i];
        }
    }

    private List<int> Remove(ShardId shard)
    {
        lock (_lock)
        {
            for (var i = 0; i < _groups.Count; i++)
            {
                if (_groups[i].Shard == shard)
                {
                    var removed = _groups[i].Indexes;
                    _groups.RemoveAt(i);
                    return removed;
                }
            }

            return [];
        }
    }
}
