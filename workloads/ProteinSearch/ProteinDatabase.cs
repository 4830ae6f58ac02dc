using GridVolunteer.Workloads.ProteinSearch.Fasta;

namespace GridVolunteer.Workloads.ProteinSearch;

/// <summary>All sequences of an input, in their order.</summary>
/// <param name="Sequences">The sequences, at least one.</param>
/// <param name="Residues">Residues of all together.</param>
internal sealed record ProteinDatabase(IReadOnlyList<ProteinSequence> Sequences, long Residues)
{
    /// <summary>Reads a FASTA file, plain or gzip.</summary>
    public static ProteinDatabase Read(string path, string inputName)
    {
        var sequences = FastaReader.ReadFile(path, inputName).ToList();
        return new ProteinDatabase(sequences, sequences.Sum(s => (long)s.Residues.Length));
    }
}
