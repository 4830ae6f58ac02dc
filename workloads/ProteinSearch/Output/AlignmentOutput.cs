using System.Text;
using GridVolunteer.Workloads.ProteinSearch.Alignment;
using GridVolunteer.Workloads.ProteinSearch.Fasta;
using GridVolunteer.Workloads.ProteinSearch.Tracebacks;

namespace GridVolunteer.Workloads.ProteinSearch.Output;

/// <summary>A hit's alignment, as BLAST shows it.</summary>
/// <param name="QueryStart">The first residue of the query in it, from 1.</param>
/// <param name="QueryEnd">The last.</param>
/// <param name="TargetStart">The first residue of the target in it, from 1.</param>
/// <param name="TargetEnd">The last.</param>
/// <param name="Identities">Columns of equal residues.</param>
/// <param name="Positives">Columns whose residues score more than 0, equal ones included.</param>
/// <param name="Gaps">Columns with a gap.</param>
/// <param name="Query">The query's row, with <c>-</c> for gaps.</param>
/// <param name="Middle">The residue where both are equal, <c>+</c> where they score more than 0.</param>
/// <param name="Target">The target's row.</param>
public sealed record AlignmentOutput(
    int QueryStart,
    int QueryEnd,
    int TargetStart,
    int TargetEnd,
    int Identities,
    int Positives,
    int Gaps,
    string Query,
    string Middle,
    string Target)
{
    private const char Gap = '-';

    internal static AlignmentOutput From(
        LocalAlignment alignment, ReadOnlySpan<byte> query, ReadOnlySpan<byte> target)
    {
        var (i, j) = (alignment.QueryStart, alignment.TargetStart);
        var (identities, positives, gaps) = (0, 0, 0);
        var (top, middle, bottom) = (new StringBuilder(), new StringBuilder(), new StringBuilder());
        foreach (var step in alignment.Steps)
        {
            if (step != AlignmentStep.Pair)
            {
                gaps++;
                top.Append(step == AlignmentStep.QueryOnly ? Letter(query[i++]) : Gap);
                middle.Append(' ');
                bottom.Append(step == AlignmentStep.TargetOnly ? Letter(target[j++]) : Gap);
                continue;
            }

            var isIdentity = query[i] == target[j];
            var isPositive = isIdentity || Blosum62.Score(query[i], target[j]) > 0;
            identities += isIdentity ? 1 : 0;
            positives += isPositive ? 1 : 0;
            middle.Append(isIdentity ? Letter(query[i]) : isPositive ? '+' : ' ');
            top.Append(Letter(query[i++]));
            bottom.Append(Letter(target[j++]));
        }

        return new AlignmentOutput(
            alignment.QueryStart + 1, i, alignment.TargetStart + 1, j, identities, positives, gaps,
            top.ToString(), middle.ToString(), bottom.ToString());
    }

    private static char Letter(byte code) => Alphabet.Letters[code];
}
