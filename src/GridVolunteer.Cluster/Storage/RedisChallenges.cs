using System.Globalization;
using GridVolunteer.Coordination.Contracts;
using GridVolunteer.Coordinator.Security;
using StackExchange.Redis;

namespace GridVolunteer.Cluster.Storage;

/// <summary>
/// Answered challenges in Redis, so that one is good once in the whole cluster: a key each, which expires a minute
/// after the challenge. Every one costs its sender a signature, so what may lie here at a time is what silos can
/// verify in two minutes, 100 bytes each.
/// </summary>
internal sealed class RedisChallenges(IDatabase redis, string clusterId, TimeProvider clock) : IAnsweredChallenges
{
    /// <summary>By so much silos' clocks may differ: one behind takes a challenge for good that much longer.</summary>
    private static readonly TimeSpan ClocksApartMax = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    public async ValueTask<SpendOutcome> SpendAsync(UInt128 challenge, DateTimeOffset expiry)
    {
        var left = expiry - clock.GetUtcNow();
        var kept = (left > TimeSpan.Zero ? left : TimeSpan.Zero) + ClocksApartMax;
        var key = string.Create(CultureInfo.InvariantCulture, $"gridvolunteer:{clusterId}:answered:{challenge:x32}");
        try
        {
            return await redis.StringSetAsync(
                key, RedisValue.EmptyString, kept, When.NotExists)
                ? SpendOutcome.Spent
                : SpendOutcome.Replayed;
        }
        catch (Exception e) when (e is RedisException or TimeoutException or ObjectDisposedException)
        {
            throw new StorageUnavailableException(RedisTrouble.Describe(e), e);
        }
    }
}
