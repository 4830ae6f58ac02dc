using System.Runtime.InteropServices;

namespace GridVolunteer.Workloads.ProteinSearch.Kernel;

/// <summary>
/// Bytes that never move and start at a multiple of 64, for vectors of any width. Zero at first. Not safe to
/// use from several threads at once.
/// </summary>
internal sealed unsafe class AlignedBuffer
{
    private const int Alignment = 64;

    // Kept, since the collector frees what only a pointer leads to.
    private readonly byte[] _bytes;

    public AlignedBuffer(int sizeBytes)
    {
        _bytes = GC.AllocateArray<byte>(checked(sizeBytes + Alignment - 1), pinned: true);
        SizeBytes = sizeBytes;
        var start = (nuint)Marshal.UnsafeAddrOfPinnedArrayElement(_bytes, 0);
        Start = (byte*)((start + Alignment - 1) & ~(nuint)(Alignment - 1));
    }

    /// <summary>The first byte. Valid as long as this object is reachable.</summary>
    public byte* Start { get; }

    /// <summary>How many bytes there are.</summary>
    public int SizeBytes { get; }
}
