using GridVolunteer.Protocol.Jobs;

namespace GridVolunteer.Coordination.Jobs;

/// <summary>What a job's needs may say; a word that no agent uses would make the job wait for ever.</summary>
internal static class NeedsRules
{
    private const int ProgramsMax = 64;
    private const int ProgramLengthMax = 64;

    private static readonly string[] OperatingSystems = ["linux", "windows", "macos"];
    private static readonly string[] Architectures = ["x64", "arm64"];

    public static void Check(JobNeeds needs, FaultList faults)
    {
        Words("needs.operatingSystems", needs.OperatingSystems, OperatingSystems, faults);
        Words("needs.architectures", needs.Architectures, Architectures, faults);
        faults.Range("needs.memoryBytes", needs.MemoryBytes, 0, long.MaxValue);
        faults.Range("needs.diskBytes", needs.DiskBytes, 0, long.MaxValue);
        faults.Require(
            needs.Programs.Count <= ProgramsMax, "needs.programs",
            $"There are {needs.Programs.Count}; name at most {ProgramsMax}.");
        foreach (var program in needs.Programs.Where(p => !IsProgram(p)))
        {
            faults.Add(
                "needs.programs",
                $"'{Shown(program)}' is no program's name; write it as on the path, in lower case, without "
                + $"folders or spaces, at most {ProgramLengthMax} characters.");
        }
    }

    private static void Words(string field, IReadOnlyList<string> words, string[] known, FaultList faults)
    {
        foreach (var word in words.Where(w => !known.Contains(w, StringComparer.Ordinal)))
        {
            faults.Add(field, $"'{Shown(word)}' is not known; choose among {string.Join(", ", known)}.");
        }
    }

    // A list that came as JSON may hold nulls, whatever its type says.
    private static bool IsProgram(string? program) =>
        program is { Length: >= 1 and <= ProgramLengthMax }
        && !program.Any(c =>
            char.IsControl(c) || char.IsWhiteSpace(c) || char.IsUpper(c) || c is '/' or '\\');

    private static string Shown(string? word) => word is null
        ? "null"
        : new string([.. word.Take(ProgramLengthMax).Select(c => char.IsControl(c) ? '?' : c)]);
}
