namespace GridVolunteer.Groups.Swarm;

/// <summary>
/// How a blob is cut: into pieces, which are what peers say they hold, and those into blocks, which are asked
/// for and checked one by one. All peers of a blob must cut it alike.
/// </summary>
public sealed record BlobShape
{
    /// <summary>Most pieces of a blob; with pieces of 1 MiB, 64 GiB.</summary>
    public const int PieceCountMax = 65_536;

    /// <summary>Most bytes of a block.</summary>
    public const int BlockSizeBytesMax = 65_536;

    private const int DefaultBlockSizeBytes = 16 * 1_024;
    private const int DefaultBlocksPerPiece = 64;

    /// <summary>A shape.</summary>
    /// <param name="lengthBytes">Bytes of the blob; at least 1.</param>
    /// <param name="blockSizeBytes">Bytes of a block, the last of the blob may have fewer. Default 16
    /// KiB.</param>
    /// <param name="blocksPerPiece">Blocks of a piece. Default 64, which makes 1 MiB.</param>
    /// <exception cref="ArgumentOutOfRangeException">Something is too small, or makes too many
    /// pieces.</exception>
    public BlobShape(
        long lengthBytes,
        int blockSizeBytes = DefaultBlockSizeBytes,
        int blocksPerPiece = DefaultBlocksPerPiece)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(lengthBytes, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(blockSizeBytes, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(blockSizeBytes, BlockSizeBytesMax);
        ArgumentOutOfRangeException.ThrowIfLessThan(blocksPerPiece, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(blocksPerPiece, 1_024);
        var pieceSize = (long)blockSizeBytes * blocksPerPiece;
        var pieces = ((lengthBytes - 1) / pieceSize) + 1;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pieces, PieceCountMax, nameof(lengthBytes));
        LengthBytes = lengthBytes;
        BlockSizeBytes = blockSizeBytes;
        BlocksPerPiece = blocksPerPiece;
        PieceCount = (int)pieces;
        BlockCount = (int)(((lengthBytes - 1) / blockSizeBytes) + 1);
    }

    /// <summary>Bytes of the blob.</summary>
    public long LengthBytes { get; }

    /// <summary>Bytes of a block.</summary>
    public int BlockSizeBytes { get; }

    /// <summary>Blocks of a piece; the last has perhaps fewer.</summary>
    public int BlocksPerPiece { get; }

    /// <summary>How many pieces there are.</summary>
    public int PieceCount { get; }

    /// <summary>How many blocks there are.</summary>
    public int BlockCount { get; }

    /// <summary>The piece of a block.</summary>
    public int PieceOf(int block) => block / BlocksPerPiece;

    /// <summary>The first block of a piece.</summary>
    public int FirstBlock(int piece) => piece * BlocksPerPiece;

    /// <summary>How many blocks a piece has.</summary>
    public int BlocksOf(int piece) => Math.Min(BlocksPerPiece, BlockCount - FirstBlock(piece));

    /// <summary>Where a block begins.</summary>
    public long OffsetOf(int block) => (long)block * BlockSizeBytes;

    /// <summary>How many bytes a block has.</summary>
    public int SizeOf(int block) => (int)Math.Min(BlockSizeBytes, LengthBytes - OffsetOf(block));
}
