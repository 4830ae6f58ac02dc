using System.Text.RegularExpressions;
using GridVolunteer.StorageProbe;
using Xunit.Abstractions;
using static GridVolunteer.Coordinator.Tests.Storage.StorageFolder;

namespace GridVolunteer.Coordinator.Tests.Storage;

/// <summary>What "acknowledged" means, seen from outside the process.</summary>
public sealed partial class DurabilityTests(ITestOutputHelper output)
{
    private const int Turns = 30;
    private const int Kills = 6;
    private const int Entities = 8;

    [FactWithStrace]
    public async Task EveryAcknowledgement_ComesAfterASyncOfTheWriteAheadFile()
    {
        using var folder = new StorageFolder();
        var trace = Path.Combine(folder.Path, "trace");
        using var probe = Probe.StartUnder(
            ["strace", "-f", "-y", "-e", "trace=fdatasync,fsync,pwrite64,write", "-o", trace],
            "append", folder.Path, $"{Turns}");
        var errors = probe.StandardError.ReadToEndAsync();
        await probe.StandardOutput.ReadToEndAsync();
        await probe.WaitForExitAsync();
        Assert.True(probe.ExitCode == 0, await errors);

        var (acknowledged, written, synced) = (0, false, false);
        foreach (var call in await File.ReadAllLinesAsync(trace))
        {
            if (Acknowledgement().IsMatch(call))
            {
                Assert.True(
                    written, $"Turn {acknowledged + 1} was acknowledged, but nothing was written: {call}");
                Assert.True(synced, $"Turn {acknowledged + 1} was acknowledged before a sync: {call}");
                acknowledged++;
                (written, synced) = (false, false);
            }
            else if (WriteAhead().IsMatch(call))
            {
                // What is written after a sync needs another one.
                (written, synced) = (true, false);
            }
            else if (SyncEnded().IsMatch(call))
            {
                synced = true;
            }
        }

        Assert.Equal(Turns, acknowledged);
    }

    [Fact]
    public async Task WhatWasAcknowledgedBeforeKill9_IsThereAfterwardsAndWhole()
    {
        using var folder = new StorageFolder();
        var acknowledged = new long[Entities];
        for (var kill = 0; kill < Kills; kill++)
        {
            await KillUnderLoadAsync(folder.Path, acknowledged, lines: 200 + (150 * kill));
            await using var session = folder.Open();
            for (var entity = 0; entity < Entities; entity++)
            {
                var record = await session.Storage.LoadAsync(Key(entity), default);
                Assert.True(
                    record.Version >= acknowledged[entity],
                    $"Entity {entity}: {acknowledged[entity]} acknowledged, {record.Version} there, after kill {kill + 1}.");
                Assert.Equal(
                    Enumerable.Range(1, record.Turns.Count)
                        .Select(i => Ledger.Journalled(entity, record.Version - record.Turns.Count + i)),
                    record.Turns.Select(t => t.ToArray()));
                for (var version = 1L; version <= record.Version; version++)
                {
                    var row = await session.Storage.ReadRowAsync(Ledger.Shard(entity), version, default);
                    Assert.True(row!.Value.Span.SequenceEqual(Ledger.Packed(entity, version)), $"row {entity}/{version}");
                }
            }
        }

        output.WriteLine($"{acknowledged.Sum()} turns acknowledged, {Kills} kills, none lost.");
    }

    private static async Task KillUnderLoadAsync(string folder, long[] acknowledged, int lines)
    {
        using var probe = Probe.Start("ledger", folder, $"{Entities}");
        var seen = 0;
        while (await probe.StandardOutput.ReadLineAsync() is { } line)
        {
            var parts = line.Split(' ');
            if (parts is ["acknowledged", var entity, var version] && line[^1] != ' ')
            {
                acknowledged[int.Parse(entity)] = Math.Max(
                    acknowledged[int.Parse(entity)], long.Parse(version));
            }

            // Lines already in the pipe are read to the end: they too were acknowledged.
            if (++seen == lines)
            {
                probe.Kill();
            }
        }

        await probe.WaitForExitAsync();
        Assert.True(seen >= lines, await probe.StandardError.ReadToEndAsync());
    }

    [GeneratedRegex(@"write\(\d+<[^>]*>, ""acknowledged ")]
    private static partial Regex Acknowledgement();

    [GeneratedRegex(@"pwrite64\(\d+<[^>]*grid\.db-wal>")]
    private static partial Regex WriteAhead();

    [GeneratedRegex(@"(fdatasync|fsync)(\(\d+<[^>]*grid\.db-wal>| resumed>).*= 0$")]
    private static partial Regex SyncEnded();
}
