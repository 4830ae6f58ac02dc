using FsCheck;
using FsCheck.Fluent;
using GridVolunteer.Workloads.ProteinSearch.Fasta;

namespace GridVolunteer.Workloads.Tests.ProteinSearch;

/// <summary>
/// Draws pairs of proteins: independent ones, and copies with replacements, deletions and insertions.
/// </summary>
public static class RelatedArbitrary
{
    private static readonly Gen<byte> Residue = Gen.Choose(0, Alphabet.Size - 1).Select(code => (byte)code);

    private static readonly Gen<byte[]> Protein = Residue.NonEmptyListOf().Select(list => list.ToArray());

    public static Arbitrary<Related> Pairs()
    {
        var independent = from query in Protein from target in Protein select new Related(query, target);
        var copies =
            from query in Protein
            from edits in Gen.Choose(0, 99).ArrayOf(query.Length)
            from insertion in Protein
            from noise in Residue
            select new Related(query, Edit(query, edits, insertion, noise));
        return Gen.OneOf(independent, copies).ToArbitrary();
    }

    private static byte[] Edit(byte[] query, int[] edits, byte[] insertion, byte noise)
    {
        var target = new List<byte>();
        for (var i = 0; i < query.Length; i++)
        {
            target.AddRange(edits[i] switch
            {
                < 10 => [noise],
                < 18 => [],
                < 24 => [query[i], .. insertion],
                _ => [query[i]],
            });
        }

        return target.Count > 0 ? [.. target] : [noise];
    }
}
