using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace GridVolunteer.Benchmarks.Kernels;

/// <summary>What the figures were measured on.</summary>
/// <param name="Processor">Its model, as the system names it.</param>
/// <param name="VectorBits">The widest vectors that .NET computes with there.</param>
/// <param name="Runtime">The runtime.</param>
/// <param name="System">The operating system.</param>
public sealed record MachineFigures(string Processor, int VectorBits, string Runtime, string System)
{
    private const string ProcessorFile = "/proc/cpuinfo";

    /// <summary>This machine.</summary>
    public static MachineFigures OfThisMachine() => new(
        ModelName() ?? RuntimeInformation.ProcessArchitecture.ToString(),
        Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128,
        RuntimeInformation.FrameworkDescription,
        RuntimeInformation.OSDescription);

    private static string? ModelName() => !File.Exists(ProcessorFile)
        ? null
        : File.ReadLines(ProcessorFile)
            .FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?
            .Split(':')[1].Trim();
}
