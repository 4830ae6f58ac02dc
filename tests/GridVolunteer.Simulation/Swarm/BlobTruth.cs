using System.Security.Cryptography;
using GridVolunteer.Groups.Swarm;

namespace GridVolunteer.Simulation.Swarm;

/// <summary>A blob as it really is. The proof of a block is its hash over what it is and where.</summary>
internal sealed class BlobTruth
{
    private readonly byte[] _bytes;

    public BlobTruth(BlobShape shape, Random random)
    {
        Shape = shape;
        _bytes = new byte[shape.LengthBytes];
        random.NextBytes(_bytes);
        Name = new BlobName(SHA256.HashData(_bytes));
    }

    public BlobShape Shape { get; }

    public BlobName Name { get; }

    public ReadOnlySpan<byte> Block(int block) =>
        _bytes.AsSpan((int)Shape.OffsetOf(block), Shape.SizeOf(block));

    public bool Check(BlobName blob, int block, ReadOnlySpan<byte> data, ReadOnlySpan<byte> proof) =>
        blob == Name && data.SequenceEqual(Block(block)) && proof.SequenceEqual(Proof(block));

    public byte[] Proof(int block) => [(byte)block, (byte)(block >> 8)];
}
