using System.Globalization;
using GridVolunteer.Coordination.Contracts;
using GridVolunteer.Coordinator.Storage;
using GridVolunteer.Protocol.Ids;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace GridVolunteer.Cluster.Storage;

/// <summary>
/// The journal of a cluster: turns and snapshots in Redis, rows and the last states of closed entities in the
/// shared folder. Any number of callers at once.
/// </summary>
/// <remarks>
/// <para>Orleans keeps at most one activation of an entity, but while silos die and are voted out there may be
/// two for a moment. Loading gives an entity a new epoch, and an append names the epoch and the version it
/// builds on; Redis compares and stores in one step. So of two activations at most one writes, the one that
/// loaded last; the other learns of it with its next append and lets go.</para>
/// <para>Order makes it whole: rows are on the disk before the turn that names them, a last state is before the
/// keys it stands for go. When no answer comes, nobody knows whether the turn was stored; the caller hears that
/// it was not, loads the entity again, and sees. Requests may be repeated, so either is right.</para>
/// </remarks>
internal sealed class RedisJournal : IJournal
{
    /// <summary>
    /// How long the key of an entity that was looked at and never stored stays. Five minutes: whoever looks for jobs
    /// that are not, which anybody may, fills so much of Redis; who stores first after longer loads again.
    /// </summary>
    private const int EmptyKeptSeconds = 300;

    private readonly IDatabase _redis;
    private readonly string _prefix;
    private readonly SharedRows _rows;
    private readonly ClosedEntities _closed;
    private readonly ILogger _logger;
    private volatile string? _trouble;
    private long _turns;
    private long _bytes;

    /// <summary>A journal of a cluster.</summary>
    /// <param name="redis">Where it lies.</param>
    /// <param name="clusterId">The name of the cluster; several may share a Redis.</param>
    /// <param name="rows">Where rows go.</param>
    /// <param name="closed">Where the states of closed entities go.</param>
    /// <param name="logger">For failures.</param>
    public RedisJournal(
        IDatabase redis, string clusterId, SharedRows rows, ClosedEntities closed, ILogger logger)
    {
        _redis = redis;
        _prefix = $"gridvolunteer:{clusterId}:";
        _rows = rows;
        _closed = closed;
        _logger = logger;
    }

    /// <summary>What went wrong with the last call, for people, or null when it went well.</summary>
    public string? Trouble => _trouble;

    /// <summary>Turns stored since the start.</summary>
    public long Turns => Interlocked.Read(ref _turns);

    /// <summary>Bytes of records, rows and snapshots stored since the start.</summary>
    public long SizeBytes => Interlocked.Read(ref _bytes);

    /// <inheritdoc/>
    public async ValueTask<EntityRecord> LoadAsync(EntityKey entity, CancellationToken cancellationToken)
    {
        var keys = KeysOf(entity);
        var stored = (RedisResult[])(await EvaluateAsync(RedisScripts.Load, keys, [EmptyKeptSeconds]))!;
        var version = (long)stored[0];
        var epoch = (long)stored[1];
        if (version == 0 && await _closed.FindAsync(entity, cancellationToken) is { } closed)
        {
            // Nothing will be written any more: no key is needed to guard it.
            await EvaluateAsync(RedisScripts.Forget, keys, [epoch]);
            return closed;
        }

        var snapshot = (byte[]?)stored[2];
        var turns = (byte[][])stored[3]!;
        return new EntityRecord(
            version, snapshot is null ? default(ReadOnlyMemory<byte>?) : snapshot,
            [.. turns.Select(turn => new ReadOnlyMemory<byte>(turn))], epoch);
    }

    /// <inheritdoc/>
    public async ValueTask AppendAsync(EntityKey entity, JournalPosition expected, TurnRecord turn)
    {
        var next = expected with { Version = expected.Version + 1 };
        if (turn.Rows.Count > 0)
        {
            await _rows.AppendAsync(ShardOf(entity), expected.Epoch, turn.Rows);
        }

        if (turn.IsLast)
        {
            await _closed.KeepAsync(entity, next, turn.Snapshot!.Value);
        }

        var (kind, content) = turn switch
        {
            { IsLast: true } => ("last", ReadOnlyMemory<byte>.Empty),
            { Snapshot: { } snapshot } => ("snapshot", snapshot),

            // A copy: the turn's buffer is used again when a call timed out, and the call may be sent even then.
            _ => ("turn", turn.Journalled.ToArray()),
        };
        var isStored = (long)await EvaluateAsync(
            RedisScripts.Append, KeysOf(entity), [expected.Version, expected.Epoch, next.Version, kind, content]);
        if (isStored == 0)
        {
            Release(entity, expected.Epoch);
            throw new JournalConflictException(entity, expected);
        }

        if (turn.IsLast)
        {
            Release(entity, expected.Epoch);
        }

        Interlocked.Increment(ref _turns);
        Interlocked.Add(
            ref _bytes, (turn.Snapshot ?? turn.Journalled).Length + turn.Rows.Sum(row => (long)row.Packed.Length));
    }

    private static ShardId ShardOf(EntityKey entity) => ShardId.Parse(entity.Name, CultureInfo.InvariantCulture);

    private void Release(EntityKey entity, long epoch)
    {
        if (ShardId.TryParse(entity.Name, null, out var shard))
        {
            _rows.Close(shard, epoch);
        }
    }

    private RedisKey[] KeysOf(EntityKey entity)
    {
        var tagged = $"{_prefix}{{{entity.Name}}}:";
        return [tagged + "state", tagged + "turns"];
    }

    private async Task<RedisResult> EvaluateAsync(string script, RedisKey[] keys, RedisValue[] values)
    {
        try
        {
            var result = await _redis.ScriptEvaluateAsync(script, keys, values);
            _trouble = null;
            return result;
        }
        catch (Exception e) when (e is RedisException or TimeoutException or ObjectDisposedException)
        {
            var told = RedisTrouble.Describe(e);
            if (_trouble != told)
            {
                JournalLog.JournalFailed(_logger, told);
            }

            _trouble = told;
            throw new StorageUnavailableException(told, e);
        }
    }
}
