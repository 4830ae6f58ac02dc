using GridVolunteer.Cluster.Storage;
using GridVolunteer.Coordinator.Tests.Api;
using GridVolunteer.Protocol.Ids;
using static GridVolunteer.Cluster.Tests.Storage.JournalFolder;

namespace GridVolunteer.Cluster.Tests.Storage;

public sealed class SharedRowsTests
{
    [Fact]
    public async Task ManyShards_ShareFewFileHandles_WhichAreGivenBackWhileOthersWrite()
    {
        const int Shards = 48;
        const int Rows = 12;
        const int Handles = 4;
        using var folder = new TemporaryFolder();
        using var rows = new SharedRows(new EntityFolder(folder["shared"]), Handles);
        await Task.WhenAll(Enumerable.Range(0, Shards).Select(async i =>
        {
            for (var row = 1; row <= Rows; row++)
            {
                await rows.AppendAsync(Of(i), epoch: 7, [Row(row, (byte)i, (byte)row)]);
            }
        }));

        for (var i = 0; i < Shards; i++)
        {
            for (var row = 1; row <= Rows; row++)
            {
                var stored = await rows.ReadRowAsync(Of(i), row, default);
                Assert.Equal([(byte)i, (byte)row], stored!.Value.ToArray());
            }
        }

        // Those that were at work at the same moment may have been open beside the few.
        Assert.InRange(OpenHandles(folder["shared"]), 0, Handles);
    }

    private static ShardId Of(int number) => Shard with { Number = number };

    private static int OpenHandles(string folder) => Directory.GetFiles("/proc/self/fd")
        .Count(handle => new FileInfo(handle).LinkTarget?.StartsWith(folder, StringComparison.Ordinal) == true);
}
