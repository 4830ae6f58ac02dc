using GridVolunteer.Workloads.OptionPricing.Sampling;
using GridVolunteer.Workloads.Tests.OptionPricing.Numerics;
using GridVolunteer.Workloads.Tests.Processors;

namespace GridVolunteer.Workloads.Tests.OptionPricing;

public sealed class SameBitsTests
{
    /// <summary>
    /// What every machine must come to. It changes only when the samples are meant to change, and then jobs
    /// of the old and the new version must not be mixed.
    /// </summary>
    private const string Digest = "a6f9ee8cd22240b3799552492b9af36c13b20e07682197840fea1b37d6714de8";

    public static TheoryData<LaneWidth> Widths => LaneFunctions.Widths;

    public static TheoryData<string> Modes => ProcessorMode.Names;

    [Theory]
    [MemberData(nameof(Widths))]
    public void Bits_AtEveryWidth_AreTheCommittedOnes(LaneWidth width) =>
        Assert.Equal(Digest, SameBits.Digest(width));

    [Theory]
    [MemberData(nameof(Modes))]
    public void Bits_InEveryModeOfTheProcessor_AreTheCommittedOnes(string mode)
    {
        var digests = ChildProcess.Run(ProcessorMode.Named(mode), SameBits.Digests);
        Assert.Equal(
            Enum.GetValues<LaneWidth>().Select(width => $"{width} {Digest}"),
            digests.Split('\n'));
    }

    [Fact]
    public void Functions_OfEveryArgument_AreTheSameBitsAtEveryWidth()
    {
        var one = LaneFunctions.At(LaneWidth.One);
        foreach (var functions in Enum.GetValues<LaneWidth>().Select(LaneFunctions.At))
        {
            AssertSameBits(one.Exp2(Grids.Exponents), functions.Exp2(Grids.Exponents));
            AssertSameBits(one.Log(Grids.Positives), functions.Log(Grids.Positives));
            AssertSameBits(one.SineTurns(Grids.Turns), functions.SineTurns(Grids.Turns));
            AssertSameBits(one.CosineTurns(Grids.Turns), functions.CosineTurns(Grids.Turns));
            AssertSameBits(one.Normals(9, 1, 333, 4, 5), functions.Normals(9, 1, 333, 4, 5));
        }
    }

    private static void AssertSameBits(double[] expected, double[] actual) => Assert.Equal(
        expected.Select(BitConverter.DoubleToInt64Bits), actual.Select(BitConverter.DoubleToInt64Bits));
}
