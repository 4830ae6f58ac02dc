using GridVolunteer.Coordination.Jobs;
using GridVolunteer.Coordination.Shards;
using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Coordination.Brokering;

/// <summary>
/// What a broker knows of a job, up to a second old: enough to say where to look for work, never what is
/// there.
/// </summary>
internal sealed class JobHint(JobShare share, JobSnapshot snapshot)
{
    /// <summary>
    /// With so many shards open nobody opens one only to have it near: where a job's shards cannot be had near,
    /// for whatever reason, it would end with all of them open.
    /// </summary>
    public const int OpenForNearnessMax = 32;

    private readonly Dictionary<ShardId, ShardHint> _shards = [];
    private readonly JobGeometry _geometry = new(snapshot.Submission);
    private int _shardsAtLevel;
    private int _opened;
    private bool _isAdvanceRefused;

    /// <summary>The job's place among the others.</summary>
    public JobShare Share { get; } = share;

    /// <summary>What the job said last.</summary>
    public JobSnapshot Snapshot { get; private set; } = snapshot;

    /// <summary>When it spoke or was last asked.</summary>
    public DateTimeOffset AskedAt { get; set; }

    /// <summary>Whether it is worth asking for work.</summary>
    public bool HasWork { get; private set; }

    /// <summary>The open shards known.</summary>
    public IReadOnlyCollection<ShardHint> Shards => _shards.Values;

    /// <summary>Shards believed open; those that closed since the snapshot are counted still.</summary>
    public int OpenShards { get; private set; }

    /// <summary>Unit copies of the level at work that are left to hand out, as far as known.</summary>
    public long Rest =>
        _geometry.UnitsFrom(Snapshot.Level, _opened) + _shards.Values.Sum(shard => shard.Rest);

    // Units of a quorum need several volunteers at one shard: silos with fewer than that, each at shards of its own,
    // would leave first copies everywhere and validate nothing for long.
    private bool OpensForNearness => Snapshot.Submission.Quorum == 1 && OpenShards < OpenForNearnessMax;

    private bool CanAdvance =>
        _opened < _shardsAtLevel && OpenShards < Job.OpenShardsMax && !_isAdvanceRefused;

    /// <summary>Takes a snapshot, unless it tells of a time before what is known.</summary>
    public void Note(JobSnapshot snapshot, DateTimeOffset now)
    {
        var shards = _geometry.ShardsAtLevel(snapshot.Level);
        var opened = shards - snapshot.ShardsUnopened;
        if (snapshot.Level < Snapshot.Level || (snapshot.Level == Snapshot.Level && opened < _opened))
        {
            return;
        }

        Snapshot = snapshot;
        AskedAt = now;
        _shardsAtLevel = shards;
        _opened = opened;
        OpenShards = snapshot.OpenShards.Count;
        _isAdvanceRefused = false;
        var open = snapshot.OpenShards.Select(p => p.Shard).ToHashSet();
        foreach (var closed in _shards.Keys.Where(id => !open.Contains(id)).ToList())
        {
            _shards.Remove(closed);
        }

        foreach (var id in open)
        {
            _shards.TryAdd(id, new ShardHint(id, UnitsOf(id)));
        }

        Weigh();
    }

    /// <summary>Takes a shard's status; one that closed makes the snapshot old.</summary>
    public void Note(ShardStatus status, DateTimeOffset now)
    {
        if (_shards.TryGetValue(status.Shard, out var shard))
        {
            shard.Note(status, now);
            AskedAt = status.IsClosed ? DateTimeOffset.MinValue : AskedAt;
            Weigh();
        }
    }

    /// <summary>The job opened a shard, or, with null, would not: then what is known of it is old.</summary>
    public void NoteAdvance(ShardPlan? plan)
    {
        if (plan is null || plan.Shard.Level != Snapshot.Level)
        {
            _isAdvanceRefused = true;
            AskedAt = DateTimeOffset.MinValue;
        }
        else if (plan.Shard.Number >= _opened)
        {
            _opened = plan.Shard.Number + 1;
            OpenShards++;
            _shards.Add(plan.Shard, new ShardHint(plan.Shard, plan.UnitCount));
        }

        Weigh();
    }

    /// <summary>
    /// Where a peer should look: given back units first, then missing replicas and fresh units, near shards
    /// before others, then a shard to be opened, then second copies. False when everything was tried.
    /// </summary>
    public bool TryPick(
        PeerId peer, BrokerSkips skips, DateTimeOffset now, Func<ShardId, bool> isNear, out ShardId? shard)
    {
        var tried = skips.ShardsTried(Share.Job);
        var salt = tried == 0 ? 0 : now.ToUnixTimeSeconds();
        var best = tried < BrokerSkips.ShardsPerJobMax ? Best(peer, skips, salt, isNear) : null;
        var wantsOne = best is null or { Appeal: ShardAppeal.SecondCopies }
            || (best.Appeal == ShardAppeal.Copies && OpensForNearness && !isNear(best.Id));
        if (wantsOne && CanAdvance && !skips.HasAdvance(Share.Job))
        {
            shard = null;
            return true;
        }

        shard = best?.Id;
        return best is not null;
    }

    private ShardHint? Best(PeerId peer, BrokerSkips skips, long salt, Func<ShardId, bool> isNear)
    {
        ShardHint? best = null;
        (bool IsNear, ulong Score) bestRank = default;
        foreach (var candidate in _shards.Values)
        {
            if (candidate.Appeal == ShardAppeal.None || candidate.Appeal > best?.Appeal
                || skips.Has(candidate.Id))
            {
                continue;
            }

            var rank = (isNear(candidate.Id), ShardChoice.Score(peer, candidate.Id, salt));
            if (best is null || candidate.Appeal < best.Appeal || rank.CompareTo(bestRank) > 0)
            {
                (best, bestRank) = (candidate, rank);
            }
        }

        return best;
    }

    private int UnitsOf(ShardId shard) => _geometry.UnitsInShard(shard.Level, shard.Number);

    private void Weigh() =>
        HasWork = Snapshot.State.HandsOut()
            && (CanAdvance || _shards.Values.Any(s => s.Appeal != ShardAppeal.None));
}
