using StackExchange.Redis;

namespace GridVolunteer.Cluster.Storage;

/// <summary>Says to people what is wrong with Redis.</summary>
internal static class RedisTrouble
{
    /// <summary>The fault in a sentence, with what to do.</summary>
    public static string Describe(Exception fault) => fault switch
    {
        RedisServerException e when e.Message.StartsWith("OOM", StringComparison.Ordinal) =>
            "Redis has no memory left (maxmemory). Give it more, or end jobs. Nothing was stored; try again later.",
        RedisServerException e when e.Message.StartsWith("MISCONF", StringComparison.Ordinal) =>
            $"Redis cannot write its append-only file: {e.Message} Is its disk full? Try again later.",
        RedisServerException e => $"Redis refused: {e.Message} Try again later.",
        RedisConnectionException => "Redis cannot be reached. Try again later.",
        ObjectDisposedException => "The storage is closed: this silo is stopping. Try again.",
        _ => "Redis did not answer in time. Try again later.",
    };
}
