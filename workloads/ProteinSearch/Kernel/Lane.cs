namespace GridVolunteer.Workloads.ProteinSearch.Kernel;

/// <summary>One lane of the vectors: the sequence in it, and how far it is read.</summary>
internal struct Lane
{
    /// <summary>The sequence's residues.</summary>
    public byte[] Residues;

    /// <summary>The next residue to read.</summary>
    public int Position;

    /// <summary>What the sequence was admitted as.</summary>
    public int Id;

    /// <summary>The lane's place in the list of those that are taken.</summary>
    public int Slot;
}
