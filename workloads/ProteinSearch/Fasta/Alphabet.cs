namespace GridVolunteer.Workloads.ProteinSearch.Fasta;

/// <summary>
/// Residues as small numbers: the 20 amino acids, B (D or N), Z (E or Q), X (unknown) and * (stop). Any other
/// letter, such as U, O and J, counts as X; case does not matter.
/// </summary>
internal static class Alphabet
{
    /// <summary>The letters in the order of their codes, which is that of the scoring matrix.</summary>
    public const string Letters = "ARNDCQEGHILKMFPSTWYVBZX*";

    /// <summary>Marks what is no residue.</summary>
    public const byte None = byte.MaxValue;

    private static readonly byte[] Codes = MakeCodes();

    /// <summary>How many codes there are.</summary>
    public static int Size => Letters.Length;

    /// <summary>The code of a character, or <see cref="None"/>.</summary>
    public static byte CodeOf(char c) => c < Codes.Length ? Codes[c] : None;

    private static byte[] MakeCodes()
    {
        var codes = new byte[128];
        for (var c = 0; c < codes.Length; c++)
        {
            var place = Letters.IndexOf(char.ToUpperInvariant((char)c), StringComparison.Ordinal);
            codes[c] = place >= 0 ? (byte)place
                : char.IsAsciiLetter((char)c) ? (byte)Letters.IndexOf('X', StringComparison.Ordinal)
                : None;
        }

        return codes;
    }
}
