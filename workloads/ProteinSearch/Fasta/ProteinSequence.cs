namespace GridVolunteer.Workloads.ProteinSearch.Fasta;

/// <summary>A protein.</summary>
/// <param name="Name">The first word of its header.</param>
/// <param name="Residues">Its residues as codes of <see cref="Alphabet"/>, at least one.</param>
internal sealed record ProteinSequence(string Name, byte[] Residues);
