using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace GridVolunteer.Workloads.Tests.Processors;

/// <summary>
/// A way to run .NET on this processor as if it were a lesser one, by the runtime's own switches (.NET 10;
/// its FMA belongs to AVX2).
/// </summary>
/// <param name="Name">What tests call it.</param>
/// <param name="Switch">The environment variable that is set to 0; null for the processor as it is.</param>
/// <param name="TookEffect">
/// True in a process where the switch works, whatever the processor; false where it was ignored.
/// </param>
internal sealed record ProcessorMode(string Name, string? Switch, Func<bool> TookEffect)
{
    /// <summary>Every mode, from the processor as it is to one without any vectors.</summary>
    public static IReadOnlyList<ProcessorMode> All { get; } =
    [
        new("AsItIs", null, () => true),
        new("WithoutAvx512", "DOTNET_EnableAVX512", () => !Vector512.IsHardwareAccelerated),
        new("WithoutVbmi", "DOTNET_EnableAVX512v2", () => !Avx512Vbmi.IsSupported),
        new("WithoutAvx2AndFma", "DOTNET_EnableAVX2", () => !Avx2.IsSupported && !Fma.IsSupported),
        new("WithoutAvx", "DOTNET_EnableAVX", () => !Avx.IsSupported && !Vector256.IsHardwareAccelerated),
        new("WithoutVectors", "DOTNET_EnableHWIntrinsic", () => !Vector128.IsHardwareAccelerated),
    ];

    /// <summary>The names, for a theory's rows.</summary>
    public static TheoryData<string> Names => [.. All.Select(mode => mode.Name)];

    /// <summary>The mode of this name.</summary>
    public static ProcessorMode Named(string name) =>
        All.Single(mode => string.Equals(mode.Name, name, StringComparison.Ordinal));
}
