namespace GridVolunteer.Benchmarks.Kernels;

/// <summary>How a peer's program is compiled.</summary>
/// <param name="Name">The peer.</param>
/// <param name="Source">The source in the folder <c>Peers</c>.</param>
/// <param name="Compiler">The compiler.</param>
/// <param name="Libraries">What it is linked with.</param>
/// <param name="Install">What to type on Debian or Ubuntu where something is missing.</param>
internal sealed record PeerRecipe(
    string Name, string Source, string Compiler, IReadOnlyList<string> Libraries, string Install)
{
    /// <summary>The alignment library parasail (J. Daily, 2016).</summary>
    public static PeerRecipe Parasail { get; } = new(
        "parasail", "parasail.c", "gcc", ["-lparasail"], "apt-get install gcc libparasail-dev");

    /// <summary>The finance library QuantLib.</summary>
    public static PeerRecipe QuantLib { get; } = new(
        "QuantLib", "quantlib.cpp", "g++", ["-lQuantLib"], "apt-get install g++ libquantlib0-dev");

    /// <summary>C without a library.</summary>
    public static PeerRecipe PlainC { get; } = new(
        "plain C", "native.c", "gcc", ["-lm"], "apt-get install gcc");
}
