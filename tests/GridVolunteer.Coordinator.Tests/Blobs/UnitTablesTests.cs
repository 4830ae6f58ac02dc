using System.Buffers;
using GridVolunteer.Coordination.Contracts;
using GridVolunteer.Coordinator.Blobs;
using GridVolunteer.Protocol.Blobs;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Packing;

namespace GridVolunteer.Coordinator.Tests.Blobs;

public sealed class UnitTablesTests
{
    private const long FirstUnit = 65536;

    [Theory]
    [InlineData(1, 0)]
    [InlineData(200, 3)]
    [InlineData(5000, 40)]
    [InlineData(300, 2000)]
    [InlineData(4, PackedInputs.UnitInputSizeBytesMax)]
    public async Task Inputs_OfAnyRuns_AreThoseTheTableHolds(int units, int sizeMax)
    {
        using var folder = new BlobFolder(sizeBytesMax: 1 << 30);
        var random = new Random(units);
        var inputs =
            Enumerable.Range(0, units).Select(_ => new byte[random.Next(sizeMax / 2, sizeMax + 1)]).ToArray();
        Array.ForEach(inputs, random.NextBytes);
        var table = await PutAsync(folder.Store, Pack(inputs));
        var tables = new UnitTables(folder.Store);
        Assert.Equal(units, await tables.CountAsync(table, default));
        for (var round = 0; round < 20; round++)
        {
            var first = random.Next(units);
            var second = random.Next(first, units);
            UnitRun[] runs =
            [
                new(FirstUnit + first, random.Next(1, second - first + 2)),
                new(FirstUnit + second, random.Next(1, units - second + 1)),
            ];
            var wanted =
                runs.SelectMany(r => inputs.Skip((int)(r.Start - FirstUnit)).Take(r.Count)).ToArray();
            Assert.Equal(
                Pack(wanted), (await tables.ReadInputsAsync(table, FirstUnit, runs, default)).ToArray());
        }
    }

    [Fact]
    public async Task Inputs_OfUnitsBeyondTheTable_AreABug()
    {
        using var folder = new BlobFolder();
        var table = await PutAsync(folder.Store, Pack([[1], [2]]));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await new UnitTables(folder.Store)
            .ReadInputsAsync(table, 0, [new UnitRun(1, 2)], default));
    }

    [Theory]
    [InlineData(new byte[] { 5, 1, 2 })]
    [InlineData(new byte[] { 1, 9, 0x80 })]
    [InlineData(new byte[] { 0xff, 0xff, 0xff, 0xff, 0x7f, 1 })]
    public async Task ABlobThatIsNoTable_IsRefused(byte[] bytes)
    {
        using var folder = new BlobFolder();
        var table = await PutAsync(folder.Store, bytes);
        await Assert.ThrowsAsync<InvalidDataException>(
            async () => await new UnitTables(folder.Store).CountAsync(table, default));
    }

    [Fact]
    public async Task ATableThatIsNotHere_IsUnavailableUntilItComes()
    {
        using var folder = new BlobFolder();
        var bytes = Pack([[1], [2]]);
        var tables = new UnitTables(folder.Store);
        await Assert.ThrowsAsync<StorageUnavailableException>(
            async () => await tables.CountAsync(BlobHasher.Of(bytes), default));
        Assert.Equal(2, await tables.CountAsync(await PutAsync(folder.Store, bytes), default));
    }

    private static byte[] Pack(IReadOnlyList<byte[]> inputs)
    {
        var packed = new ArrayBufferWriter<byte>();
        foreach (var input in inputs)
        {
            PackedInputs.Write(packed, input);
        }

        return packed.WrittenMemory.ToArray();
    }

    private static async Task<BlobId> PutAsync(BlobStore store, byte[] bytes)
    {
        var blob = BlobHasher.Of(bytes);
        await store.PutAsync(blob, new MemoryStream(bytes), default);
        return blob;
    }
}
