using System.Security.Cryptography;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using GridVolunteer.Protocol.Blobs;
using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Protocol.Tests.Blobs;

public sealed class MerkleTreeTests
{
    // The leaves and roots that implementations of RFC 6962 test each other with.
    private static readonly string[] KnownLeaves =
        ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];

    private static readonly string[] KnownRoots =
    [
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];

    [Fact]
    public void Root_OfTheKnownLeaves_IsTheKnownRootAtEverySize()
    {
        var tree = new MerkleTree();
        Assert.Equal(KnownRoots[0], tree.Root().ToString());
        for (var i = 0; i < KnownLeaves.Length; i++)
        {
            tree.AddLeaf(Convert.FromHexString(KnownLeaves[i]));
            Assert.Equal(KnownRoots[i + 1], tree.Root().ToString());
        }
    }

    [Fact]
    public void Root_AfterClear_IsThatOfAnEmptyTree()
    {
        var tree = new MerkleTree();
        tree.AddLeaf([1]);
        tree.AddLeaf([2]);
        tree.Clear();
        Assert.Equal(0, tree.LeafCount);
        Assert.Equal(KnownRoots[0], tree.Root().ToString());
    }

    [Property(MaxTest = 200)]
    public bool Root_OfAnyLeaves_IsTheOneTheDefinitionGives(byte[][] leaves)
    {
        var tree = new MerkleTree();
        foreach (var leaf in leaves)
        {
            tree.AddLeaf(leaf);
        }

        return tree.Root() == Digest.FromBytes(ByDefinition(leaves));
    }

    [Property(MaxTest = 60)]
    public Property BlobId_OfBytesInPiecesOfAnySize_IsTheOneTheDefinitionGives()
    {
        var sizes = Gen.OneOf(
            Gen.Choose(0, 100),
            Gen.Choose(BlobHasher.LeafSizeBytes - 2, BlobHasher.LeafSizeBytes + 2),
            Gen.Choose(0, 9 * BlobHasher.LeafSizeBytes));
        var cases = from size in sizes
                    from seed in Gen.Choose(0, int.MaxValue)
                    select (Size: size, Seed: seed);
        return Prop.ForAll(Arb.From(cases), c => HashInPieces(c.Size, c.Seed));
    }

    [Fact]
    public async Task BlobId_OfAStreamAndOfAFile_IsThatOfTheirBytes()
    {
        var bytes = RandomNumberGenerator.GetBytes((5 * BlobHasher.LeafSizeBytes) + 17);
        var expected = BlobHasher.Of(bytes);
        var path = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(path, bytes);
            Assert.Equal(expected, await BlobHasher.OfFileAsync(path, CancellationToken.None));
            Assert.Equal(
                expected, await BlobHasher.OfStreamAsync(new MemoryStream(bytes), CancellationToken.None));
            Assert.Equal(bytes.Length, expected.LengthBytes);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static bool HashInPieces(int size, int seed)
    {
        var random = new System.Random(seed);
        var bytes = new byte[size];
        random.NextBytes(bytes);
        var hasher = new BlobHasher();
        for (var at = 0; at < size;)
        {
            var piece = Math.Min(size - at, random.Next(1, 3 * BlobHasher.LeafSizeBytes));
            hasher.Append(bytes.AsSpan(at, piece));
            at += piece;
        }

        var expected = new BlobId(
            Digest.FromBytes(ByDefinition(bytes.Chunk(BlobHasher.LeafSizeBytes).ToArray())), size);
        return hasher.Finish() == expected && BlobHasher.Of(bytes) == expected;
    }

    /// <summary>RFC 6962, section 2.1, word for word.</summary>
    private static byte[] ByDefinition(ReadOnlySpan<byte[]> leaves)
    {
        if (leaves.Length == 0)
        {
            return SHA256.HashData([]);
        }

        if (leaves.Length == 1)
        {
            return SHA256.HashData([0, .. leaves[0]]);
        }

        var k = 1;
        while (k * 2 < leaves.Length)
        {
            k *= 2;
        }

        return SHA256.HashData([1, .. ByDefinition(leaves[..k]), .. ByDefinition(leaves[k..])]);
    }
}
