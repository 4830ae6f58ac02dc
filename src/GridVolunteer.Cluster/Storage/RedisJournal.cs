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
/// loaded last; the other learns of it with its next append, or when it has what it would tell confirmed, and lets
/// go. What was never stored gets its epoch when it is about to be.</para>
/// <para>Order makes it whole: rows are on the disk before the turn that names them, a last state is before the
/// keys it stands for go. When no answer comes, nobody knows whether the turn was stored; the caller hears that
/// it was not, loads the entity again, and sees. Requests may be repeated, so either is right.</para>
/// </remarks>
internal sealed class RedisJournal : IJournal
{
    /// <summary>
    /// How long the key of an entity stays whose first turn never comes, as when its silo dies on the way from the rows to
    /// Redis. Five minutes; a turn that takes longer is refused and made again.
    /// </summary>
    private const int EmptyKeptSeconds = 300;

    private static readonly RedisValue[] Standing = ["version", "epoch"];

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
        var stored = (RedisResult[])(await EvaluateAsync(RedisScripts.Load, KeysOf(entity), []))!;
        var version = (long)stored[0];
        if (version == 0)
        {
            return await _closed.FindAsync(entity, cancellationToken) ?? EntityRecord.Empty;
        }

        var snapshot = (byte[]?)stored[2];
        var turns = (byte[][])stored[3]!;
        return new EntityRecord(
            version, snapshot is null ? default(ReadOnlyMemory<byte>?) : snapshot,
            [.. turns.Select(turn => new ReadOnlyMemory<byte>(turn))], (long)stored[1]);
    }

    /// <inheritdoc/>
    public async ValueTask<JournalPosition> AppendAsync(EntityKey entity, JournalPosition expected, TurnRecord turn)
    {
        if (expected.Epoch == 0)
        {
            expected = await ClaimAsync(entity, expected);
        }

        var next = expected.Next;
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
        return next;
    }

    /// <inheritdoc/>
    public async ValueTask ConfirmAsync(
        EntityKey entity, JournalPosition position, CancellationToken cancellationToken)
    {
        var kept = await TellingAsync(() => _redis.HashGetAsync(KeysOf(entity)[0], Standing));
        var isSo = position.Epoch == 0
            ? kept[0].IsNull && await _closed.FindAsync(entity, cancellationToken) is null
            : (long)kept[0] == position.Version && (long)kept[1] == position.Epoch;
        if (!isSo)
        {
            throw new JournalConflictException(entity, position);
        }
    }

    /// <summary>An entity is about to be stored for the first time: guards it, unless somebody did, even long ago.</summary>
    private async ValueTask<JournalPosition> ClaimAsync(EntityKey entity, JournalPosition expected)
    {
        var epoch = expected.Version > 0
            ? 0
            : (long)await EvaluateAsync(RedisScripts.Claim, KeysOf(entity), [EmptyKeptSeconds]);

        // The last state of one that is closed was in the folder before its keys went. So who finds neither is the first.
        return epoch > 0 && await _closed.FindAsync(entity, CancellationToken.None) is null
            ? expected with { Epoch = epoch }
            : throw new JournalConflictException(entity, expected);
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

    private Task<RedisResult> EvaluateAsync(string script, RedisKey[] keys, RedisValue[] values) =>
        TellingAsync(() => _redis.ScriptEvaluateAsync(script, keys, values));

    /// <summary>Asks Redis; when none comes, tells why as the contract says.</summary>
    private async Task<TAnswer> TellingAsync<TAnswer>(Func<Task<TAnswer>> ask)
    {
        try
        {
            var result = await ask();
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
