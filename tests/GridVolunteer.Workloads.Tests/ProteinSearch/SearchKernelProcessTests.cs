using System.Runtime.Intrinsics;
using GridVolunteer.Workloads.ProteinSearch.Kernel;
using GridVolunteer.Workloads.Tests.Processors;

namespace GridVolunteer.Workloads.Tests.ProteinSearch;

/// <summary>
/// The kernel as machines run it that have less than this one: .NET is told, in a process of its own, which
/// instructions to do without, and computes what is missing in the way it does there.
/// </summary>
public sealed class SearchKernelProcessTests
{
    private const int Seeds = 40;

    public static TheoryData<string> Modes => ProcessorMode.Names;

    [Theory]
    [MemberData(nameof(Modes))]
    public void Kernels_AreExact_WhereInstructionsAreMissing(string mode)
    {
        var width = Enum.Parse<SimdWidth>(ChildProcess.Run(ProcessorMode.Named(mode), CheckAll));
        Assert.True(mode switch
        {
            "WithoutAvx512" => width <= SimdWidth.Bits256,
            "WithoutAvx2AndFma" or "WithoutAvx" or "WithoutVectors" => width == SimdWidth.Bits128,
            _ => width == LaneAligner.WidthOfThisMachine,
        });
    }

    /// <summary>Much for the vectors that this processor has, less for those that are computed in parts.</summary>
    private static string CheckAll()
    {
        foreach (var width in Enum.GetValues<SimdWidth>())
        {
            var isUsed = width <= LaneAligner.WidthOfThisMachine && Vector128.IsHardwareAccelerated;
            foreach (var size in Enum.GetValues<ScoreSize>())
            {
                var kernel = new SearchKernel(width, size);
                for (var seed = 0; seed < (isUsed ? Seeds : Seeds / 10); seed++)
                {
                    KernelChecks.ScoresAreTheScalarOnes(kernel, seed);
                }

                KernelChecks.GapMayFollowGap(kernel);
                foreach (var score in KernelChecks.BorderScores.Where(score => isUsed || score < 1000))
                {
                    KernelChecks.ScoreAtABorderIsExact(kernel, score);
                }
            }
        }

        return LaneAligner.WidthOfThisMachine.ToString();
    }
}
