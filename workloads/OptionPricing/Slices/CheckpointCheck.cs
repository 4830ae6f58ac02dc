using GridVolunteer.Sdk;
using GridVolunteer.Workloads.OptionPricing.Sums;

namespace GridVolunteer.Workloads.OptionPricing.Slices;

/// <summary>
/// Reads the sums of a checkpoint that a run of a slice can have left. Others, of another version, damaged or
/// made up by somebody, are refused: gone on with, they would give a wrong result that looks like a good one.
/// </summary>
internal static class CheckpointCheck
{
    /// <summary>The sums so far; null if no run of the slice leaves this checkpoint.</summary>
    public static SumTable? TryRead(PricingJob job, PathSlice slice, SliceProgress reached)
    {
        if (!IsWithin(slice, job.Parameters.Samples, reached))
        {
            return null;
        }

        var sums = new SumTable(job);
        try
        {
            sums.Add(reached.Sums);
            return HasSamplesUpTo(reached, job, slice, sums) ? sums : null;
        }
        catch (WorkloadException)
        {
            // Its sums are not of this job: refused like any other.
            return null;
        }
    }

    private static bool IsWithin(PathSlice slice, long samples, SliceProgress reached)
    {
        var place = (reached.Contract, reached.Sample);
        return reached.Sample >= 0 && reached.Sample < samples
            && place.CompareTo((slice.Contract, slice.Sample)) >= 0
            && place.CompareTo((slice.EndContract, slice.EndSample)) < 0;
    }

    /// <summary>Whether all samples from the slice's first up to the place are in, and no others.</summary>
    private static bool HasSamplesUpTo(
        SliceProgress reached, PricingJob job, PathSlice slice, SumTable sums)
    {
        for (var contract = slice.Contract; contract <= reached.Contract; contract++)
        {
            var first = contract == slice.Contract ? slice.Sample : 0;
            var end = contract == reached.Contract ? reached.Sample : job.Parameters.Samples;
            var buckets = job.BucketsOf(contract);
            for (var bucket = 0; bucket < buckets.Count; bucket++)
            {
                var within = Math.Min(end, buckets.End(bucket)) - Math.Max(first, buckets.Start(bucket));
                if (sums[contract, bucket].Samples != Math.Max(0, within))
                {
                    return false;
                }
            }
        }

        return reached.Sums.Parts.All(
            part => part.Contract >= slice.Contract && part.Contract <= reached.Contract);
    }
}
