namespace GridVolunteer.Workloads.ProteinSearch.Kernel;

/// <summary>
/// The few operations that alignment needs on vectors of scores, one lane a sequence. Implemented by empty
/// structs, so that the just-in-time compiler makes a kernel of its own for every width and element.
/// Scores of 8 and 16 bits are stored less the smallest number, <see cref="Zero"/>: then saturating
/// arithmetic is the floor that local alignment needs. Those of 32 bits are stored as they are.
/// </summary>
/// <typeparam name="TVector">A vector.</typeparam>
/// <typeparam name="TScore">Its elements: <c>sbyte</c>, <c>short</c> or <c>int</c>.</typeparam>
internal unsafe interface ISimd<TVector, TScore>
    where TVector : unmanaged
    where TScore : unmanaged
{
    /// <summary>A score of 0 in every lane.</summary>
    static abstract TVector Zero { get; }

    /// <summary>A number in every lane.</summary>
    static abstract TVector Fill(TScore value);

    /// <summary>Sums, not below a score of 0 and not above the largest number.</summary>
    static abstract TVector Add(TVector scores, TVector gains);

    /// <summary>Differences, not below the smallest number as long as the gap costs are small.</summary>
    static abstract TVector Subtract(TVector scores, TVector costs);

    /// <summary>The larger number in every lane.</summary>
    static abstract TVector Max(TVector a, TVector b);

    /// <summary>The smaller number in every lane.</summary>
    static abstract TVector Min(TVector a, TVector b);

    /// <summary>Whether any lane equals.</summary>
    static abstract bool AnyEquals(TVector a, TVector b);

    /// <summary>For every lane the entry of a table of 32 that its code names.</summary>
    /// <param name="codes">A code of at most 31 a byte, as many as the vector has bytes; lanes take the
    /// first.</param>
    /// <param name="table">32 entries.</param>
    static abstract TVector LookUp(byte* codes, sbyte* table);
}
