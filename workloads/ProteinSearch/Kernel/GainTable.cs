using GridVolunteer.Workloads.ProteinSearch.Alignment;
using GridVolunteer.Workloads.ProteinSearch.Fasta;

namespace GridVolunteer.Workloads.ProteinSearch.Kernel;

/// <summary>
/// The scoring matrix as vectors are filled from it: for each residue its scores against the codes 0 to 31,
/// twice, so that a row fills the widest vector. Never changes, so threads may share it.
/// </summary>
internal static unsafe class GainTable
{
    private const int Entries = 32;
    private const int RowBytes = 2 * Entries;

    private static readonly AlignedBuffer Rows = Make();

    /// <summary>The scores of a residue.</summary>
    public static sbyte* RowOf(byte residue) => (sbyte*)Rows.Start + (residue * RowBytes);

    private static AlignedBuffer Make()
    {
        var rows = new AlignedBuffer(Alphabet.Size * RowBytes);
        for (var residue = 0; residue < Alphabet.Size; residue++)
        {
            for (var i = 0; i < RowBytes; i++)
            {
                var code = i % Entries;
                ((sbyte*)rows.Start)[(residue * RowBytes) + i] = code < Alphabet.Size
                    ? (sbyte)Blosum62.Score((byte)residue, (byte)code)
                    : sbyte.MinValue;
            }
        }

        return rows;
    }
}
