namespace GridVolunteer.Workloads.ProteinSearch.Kernel;

/// <summary>How wide the vectors are that a kernel computes with.</summary>
internal enum SimdWidth
{
    /// <summary>128 bits: SSE, NEON, and what every machine can do one way or the other.</summary>
    Bits128,

    /// <summary>256 bits: AVX2.</summary>
    Bits256,

    /// <summary>512 bits: AVX-512.</summary>
    Bits512,
}
