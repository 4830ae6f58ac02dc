namespace GridVolunteer.Workloads.OptionPricing.Numerics;

/// <summary>
/// A row of draws from <see cref="NormalSource{TLanes, TReal, TBits}"/>: along one path, where the block
/// moves on, or across paths, where the sequence does.
/// </summary>
/// <param name="Sequences">Each lane's sequence at the first draw.</param>
/// <param name="SequenceStep">How much the sequences grow from draw to draw.</param>
/// <param name="Block">The block of the first draw.</param>
/// <param name="BlockStep">How much the block grows from draw to draw.</param>
/// <param name="Stream">Keeps apart what shares a seed: the contract's index.</param>
/// <param name="Count">How many draws.</param>
internal readonly record struct DrawRow<TBits>(
    TBits Sequences, ulong SequenceStep, uint Block, uint BlockStep, uint Stream, int Count)
    where TBits : struct;
