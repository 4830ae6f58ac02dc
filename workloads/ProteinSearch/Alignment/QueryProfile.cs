using GridVolunteer.Workloads.ProteinSearch.Fasta;

namespace GridVolunteer.Workloads.ProteinSearch.Alignment;

/// <summary>
/// A query laid out for alignment: for each residue that a database may hold, its scores against the whole
/// query in one row, so that the inner loop reads memory in order. Never changes, so threads may share it.
/// </summary>
internal sealed class QueryProfile
{
    private readonly sbyte[] _rows;

    public QueryProfile(ProteinSequence query)
    {
        Name = query.Name;
        Length = query.Residues.Length;
        _rows = new sbyte[Alphabet.Size * Length];
        for (byte residue = 0; residue < Alphabet.Size; residue++)
        {
            var scores = Blosum62.RowOf(residue);
            for (var i = 0; i < Length; i++)
            {
                _rows[(residue * Length) + i] = scores[query.Residues[i]];
            }
        }
    }

    /// <summary>The query's name.</summary>
    public string Name { get; }

    /// <summary>The query's residues.</summary>
    public int Length { get; }

    /// <summary>Scores of a database's residue against each residue of the query.</summary>
    public ReadOnlySpan<sbyte> RowOf(byte residue) => _rows.AsSpan(residue * Length, Length);
}
