using System.Buffers.Binary;
using GridVolunteer.Cluster.Storage;
using GridVolunteer.Cluster.Tests.Redis;
using GridVolunteer.Coordination.Contracts;
using GridVolunteer.Coordinator.Hosting;
using GridVolunteer.Coordinator.Storage;

namespace GridVolunteer.Cluster.Tests.Storage;

/// <summary>What Redis promises is checked and said; what was acknowledged survives its death.</summary>
public sealed class RedisDurabilityTests
{
    [FactWithRedis]
    public async Task ARedisThatKeepsNothing_IsRefused_AndSaysWhatToSet()
    {
        await using var server = await RedisServer.StartAsync("--appendonly", "no");
        await using var redis = await server.ConnectAsync();
        var refusal = await Assert.ThrowsAsync<CoordinatorStartException>(() => RedisDurability.CheckAsync(redis));
        Assert.Contains("appendonly yes", refusal.Message, StringComparison.Ordinal);

        await redis.GetServers()[0].ConfigSetAsync("appendonly", "yes");
        await redis.GetServers()[0].ConfigSetAsync("appendfsync", "no");
        refusal = await Assert.ThrowsAsync<CoordinatorStartException>(() => RedisDurability.CheckAsync(redis));
        Assert.Contains("appendfsync always", refusal.Message, StringComparison.Ordinal);

        await redis.GetServers()[0].ConfigSetAsync("appendfsync", "everysec");
        var weak = await RedisDurability.CheckAsync(redis);
        Assert.False(weak.IsStrict);
        Assert.Contains("last two seconds", weak.Text, StringComparison.Ordinal);

        await redis.GetServers()[0].ConfigSetAsync("appendfsync", "always");
        Assert.True((await RedisDurability.CheckAsync(redis)).IsStrict);

        await redis.GetServers()[0].ConfigSetAsync("no-appendfsync-on-rewrite", "yes");
        refusal = await Assert.ThrowsAsync<CoordinatorStartException>(() => RedisDurability.CheckAsync(redis));
        Assert.Contains("no-appendfsync-on-rewrite no", refusal.Message, StringComparison.Ordinal);
        await redis.GetServers()[0].ConfigSetAsync("no-appendfsync-on-rewrite", "no");

        await redis.GetServers()[0].ConfigSetAsync("maxmemory", "100mb");
        await redis.GetServers()[0].ConfigSetAsync("maxmemory-policy", "allkeys-lru");
        refusal = await Assert.ThrowsAsync<CoordinatorStartException>(() => RedisDurability.CheckAsync(redis));
        Assert.Contains("noeviction", refusal.Message, StringComparison.Ordinal);
    }

    [FactWithRedis]
    public async Task WhereNoRedisCanBeAsked_NothingIsPromised()
    {
        await using var server = await RedisServer.StartAsync();
        await using var redis = await server.ConnectAsync();
        var lost = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        redis.ConnectionFailed += (_, _) => lost.TrySetResult();
        await server.KillAsync();
        await lost.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await Assert.ThrowsAsync<CoordinatorStartException>(() => RedisDurability.CheckAsync(redis));
    }

    [FactWithRedis]
    public async Task WhatWasAcknowledged_SurvivesTheDeathOfRedis_AtAnyMoment()
    {
        await using var server = await RedisServer.StartAsync();
        await using var redis = await server.ConnectAsync();
        using var folder = new JournalFolder(redis, SharedRedis.NewCluster());
        var (journal, _) = folder.Open();
        var acknowledged = new long[8];
        for (var life = 0; life < 3; life++)
        {
            var writers = Enumerable.Range(0, acknowledged.Length).Select(i => WriteAsync(journal, i, acknowledged));
            var written = Task.WhenAll(writers);
            while (acknowledged.Sum() < 400 * (life + 1))
            {
                await Task.Yield();
            }

            await server.KillAsync();
            await written;
            await server.StartAsync();
            for (var i = 0; i < acknowledged.Length; i++)
            {
                var record = await LoadAsync(journal, i);
                var turns = record.Turns.Select(t => BinaryPrimitives.ReadInt64LittleEndian(t.Span));
                Assert.Equal(Enumerable.Range(1, record.Turns.Count).Select(n => (long)n), turns);

                // One more than was acknowledged may be there: its answer was on the way.
                Assert.InRange(record.Turns.Count, acknowledged[i], acknowledged[i] + 1);
                acknowledged[i] = record.Turns.Count;
            }
        }
    }

    private static async Task WriteAsync(RedisJournal journal, int number, long[] acknowledged)
    {
        var record = await LoadAsync(journal, number);
        var at = JournalFolder.Position(record);
        var turn = new byte[sizeof(long)];
        try
        {
            while (true)
            {
                BinaryPrimitives.WriteInt64LittleEndian(turn, at.Version + 1);
                at = await journal.AppendAsync(
                    EntityKey.Of(JournalFolder.Shard with { Number = number }), at, new TurnRecord(turn, [], null));
                Volatile.Write(ref acknowledged[number], at.Version);
            }
        }
        catch (StorageUnavailableException)
        {
            // Redis is dead: that is how it ends.
        }
    }

    private static async Task<EntityRecord> LoadAsync(RedisJournal journal, int number)
    {
        var key = EntityKey.Of(JournalFolder.Shard with { Number = number });
        for (var tries = 0; ; tries++)
        {
            try
            {
                return await journal.LoadAsync(key, default);
            }
            catch (StorageUnavailableException) when (tries < 100)
            {
                // The connection comes back by itself, when it notices.
            }
        }
    }
}
