namespace GridVolunteer.Workloads.Tests.OptionPricing.Numerics;

/// <summary>The vector functions of one width, applied to arrays of any length.</summary>
internal interface ILaneFunctions
{
    double[] Exp2(double[] values);

    double[] Exp2Bounded(double[] values);

    double[] Log(double[] values);

    double[] SineTurns(double[] values);

    double[] CosineTurns(double[] values);

    /// <summary>The four words of each counter's draw, counters and draws one after the other.</summary>
    uint[] Philox(ulong seed, uint[] counters);

    /// <summary>The normals of each sequence from <paramref name="firstSequence"/> on, two a block.</summary>
    double[] Normals(ulong seed, ulong firstSequence, int sequences, uint firstBlock, int blocks);
}
