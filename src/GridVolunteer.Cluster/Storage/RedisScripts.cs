namespace GridVolunteer.Cluster.Storage;

/// <summary>
/// The scripts by which Redis keeps journals. KEYS[1] is a hash with the fields <c>version</c>,
/// <c>epoch</c> and <c>snapshot</c>, KEYS[2] a list of the turns since the snapshot; both lie in one slot, for
/// an entity's keys share a hash tag. A script runs as one step, in memory and in the append-only file.
/// </summary>
internal static class RedisScripts
{
    /// <summary>
    /// Answers all that is stored, and gives the caller a new epoch: who loaded the entity before can write no
    /// more. Epochs are the server's microseconds, so one is never given twice, even if the last were lost.
    /// Of an entity of which nothing is stored it answers just that, and writes nothing: whoever looks for what is not,
    /// which anybody may, fills no memory.
    /// </summary>
    public const string Load = """
        local kept = redis.call('HMGET', KEYS[1], 'version', 'epoch', 'snapshot')
        if not kept[1] then
          return {'0', '0', false, {}}
        end
        local time = redis.call('TIME')
        local now = tonumber(time[1]) * 1000000 + tonumber(time[2])
        local epoch = string.format('%.0f', math.max(now, (tonumber(kept[2]) or 0) + 1))
        redis.call('HSET', KEYS[1], 'epoch', epoch)
        return {kept[1], epoch, kept[3], redis.call('LRANGE', KEYS[2], 0, -1)}
        """;

    /// <summary>
    /// Gives who is about to store the first turn of an entity its epoch, and a key that expires after ARGV[1] seconds
    /// if the turn never comes; answers 0 when something is stored already.
    /// </summary>
    public const string Claim = """
        local kept = redis.call('HMGET', KEYS[1], 'version', 'epoch')
        if kept[1] then
          return '0'
        end
        local time = redis.call('TIME')
        local now = tonumber(time[1]) * 1000000 + tonumber(time[2])
        local epoch = string.format('%.0f', math.max(now, (tonumber(kept[2]) or 0) + 1))
        redis.call('HSET', KEYS[1], 'epoch', epoch)
        redis.call('EXPIRE', KEYS[1], ARGV[1])
        return epoch
        """;

    /// <summary>
    /// Stores a turn when the entity is at version ARGV[1] and epoch ARGV[2], and answers 1; else answers 0.
    /// ARGV[3] is the next version. ARGV[4] says what comes with the turn: its records ('turn', ARGV[5]), a
    /// snapshot in place of all records ('snapshot', ARGV[5]), or that the entity is closed and its last state
    /// is kept elsewhere ('last').
    /// </summary>
    public const string Append = """
        local kept = redis.call('HMGET', KEYS[1], 'version', 'epoch')
        if kept[2] ~= ARGV[2] or (kept[1] or '0') ~= ARGV[1] then
          return 0
        end
        if ARGV[4] == 'last' then
          redis.call('DEL', KEYS[1], KEYS[2])
          return 1
        end
        if ARGV[4] == 'snapshot' then
          redis.call('HSET', KEYS[1], 'version', ARGV[3], 'snapshot', ARGV[5])
          redis.call('DEL', KEYS[2])
        else
          redis.call('HSET', KEYS[1], 'version', ARGV[3])
          redis.call('RPUSH', KEYS[2], ARGV[5])
        end
        if not kept[1] then
          redis.call('PERSIST', KEYS[1])
        end
        return 1
        """;
}
