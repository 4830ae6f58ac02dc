using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Jobs;

namespace GridVolunteer.Coordination.Jobs;

/// <summary>
/// What a submission must be like, so that a job that is accepted can be run. Whether its blobs are there is
/// the API's to check.
/// </summary>
public static class SubmissionRules
{
    /// <summary>Characters of a request id.</summary>
    public const int RequestIdLengthMax = 64;

    /// <summary>Characters of a workload's name, an input's name and an output's media type.</summary>
    public const int NameLengthMax = 100;

    /// <summary>Characters of a job's name.</summary>
    public const int JobNameLengthMax = 200;

    /// <summary>Bytes of the parameters: 256 KiB.</summary>
    public const int ParametersBytesMax = 256 << 10;

    /// <summary>Inputs of a job.</summary>
    public const int InputsMax = 1000;

    /// <summary>Work units of a job: 10^12.</summary>
    public const long UnitsMax = 1_000_000_000_000;

    /// <summary>Bytes of a result: 1 GiB.</summary>
    public const long ResultBytesMax = 1L << 30;

    /// <summary>
    /// Bytes of a result that is compared by its numbers: 4 KiB, for the coordinator reads it.
    /// </summary>
    public const long NumericResultBytesMax = 4096;

    /// <summary>Seconds of one unit: a year.</summary>
    public const double UnitSecondsMax = 365 * 86_400.0;

    /// <summary>Everything wrong with a submission; empty when it is sound.</summary>
    public static IReadOnlyList<SubmissionFault> Faults(JobSubmission submission)
    {
        ArgumentNullException.ThrowIfNull(submission);
        var faults = new FaultList();
        CheckNames(submission, faults);
        CheckData(submission, faults);
        CheckUnits(submission, faults);
        CheckAgreement(submission, faults);
        CheckTimes(submission, faults);
        NeedsRules.Check(submission.Needs, faults);
        return faults.Items;
    }

    private static void CheckNames(JobSubmission submission, FaultList faults)
    {
        faults.Text("requestId", submission.RequestId, 1, RequestIdLengthMax);
        faults.Text("workload", submission.Workload, 1, NameLengthMax);
        if (submission.Name is not null)
        {
            faults.Text("name", submission.Name, 1, JobNameLengthMax);
        }

        faults.Text("outputType", submission.OutputType, 1, NameLengthMax);
        faults.Require(
            MediaTypeHeaderValue.TryParse(submission.OutputType, out _), "outputType",
            "It is not a media type; write one like application/json.");
    }

    private static void CheckData(JobSubmission submission, FaultList faults)
    {
        faults.Require(
            submission.Package.LengthBytes > 0, "package",
            "It is empty; pack the workload with 'gridvolunteer workload pack'.");
        if (submission.Parameters.ValueKind != JsonValueKind.Object)
        {
            faults.Add("parameters", "They are one JSON object; write {} when there are none.");
        }
        else
        {
            var bytes = Encoding.UTF8.GetByteCount(submission.Parameters.GetRawText());
            faults.Require(
                bytes <= ParametersBytesMax, "parameters",
                $"They have {bytes:N0} bytes of JSON, at most {ParametersBytesMax:N0} (256 KiB) are allowed; "
                + "hand larger data in as an input.");
        }

        faults.Require(
            submission.Inputs.Count <= InputsMax, "inputs",
            $"There are {submission.Inputs.Count}, at most {InputsMax} are allowed; "
            + "put several files into one archive.");
        foreach (var name in submission.Inputs.Keys.Where(n => !IsInputName(n)))
        {
            faults.Add(
                "inputs",
                $"'{Shown(name)}' is no name for an input: use 1 to {NameLengthMax} characters, no control "
                + "characters, no backslash, and no empty, '.' or '..' part between slashes.");
        }
    }

    private static void CheckUnits(JobSubmission submission, FaultList faults)
    {
        faults.Range("units", submission.Units, 1, UnitsMax);
        faults.Require(
            submission.MergeFanIn is 0 or (>= 2 and <= 1024), "mergeFanIn",
            $"It is {submission.MergeFanIn}; choose 2 to 1,024, or 0 for a job without a merge.");
        faults.Range("quorum", submission.Quorum, 1, 5);
        faults.Range("priority", submission.Priority, 1, 1000);
        faults.Range("resultSizeBytesMax", submission.ResultSizeBytesMax, 1, ResultBytesMax);
        if (submission.Tables.Count > 0 && submission.Units is >= 1 and <= UnitsMax)
        {
            var tables = WorkGeometry.ShardCount(submission.Units);
            faults.Require(
                submission.Tables.Count == tables, "tables",
                $"There are {submission.Tables.Count:N0}, but {submission.Units:N0} units need {tables:N0}, "
                + $"one for each {WorkGeometry.UnitsPerShard:N0} units; give that many, "
                + "or none for a plan by count.");
        }
    }

    private static void CheckAgreement(JobSubmission submission, FaultList faults)
    {
        var rule = submission.Agreement;
        faults.Require(
            Enum.IsDefined(rule.Kind), "agreement.kind", "It is not known; choose Exact or Numeric.");
        faults.Range("agreement.absoluteTolerance", rule.AbsoluteTolerance, 0, double.MaxValue);
        faults.Range("agreement.relativeTolerance", rule.RelativeTolerance, 0, 1);
        faults.Require(
            rule.Kind != AgreementKind.Exact || (rule.AbsoluteTolerance == 0 && rule.RelativeTolerance == 0),
            "agreement", "Exact agreement has no tolerances; choose Numeric, or leave them out.");
        faults.Require(
            rule.Kind != AgreementKind.Numeric || submission.Quorum < 2
            || submission.ResultSizeBytesMax <= NumericResultBytesMax, "resultSizeBytesMax",
            $"It is {submission.ResultSizeBytesMax}; results that are compared by their numbers have at most "
            + $"{NumericResultBytesMax} bytes: lower it, or choose exact agreement or a quorum of 1.");
    }

    private static void CheckTimes(JobSubmission submission, FaultList faults)
    {
        faults.Seconds("unitSecondsEstimate", submission.UnitSecondsEstimate);
        faults.Seconds("unitTimeLimitSeconds", submission.UnitTimeLimitSeconds);
        faults.Require(
            !(submission.UnitSecondsEstimate > submission.UnitTimeLimitSeconds), "unitTimeLimitSeconds",
            "It is less than unitSecondsEstimate, so a unit would be stopped before it is done; raise it.");
    }

    private static bool IsInputName(string name) =>
        name.Length is >= 1 and <= NameLengthMax && !name.Any(c => char.IsControl(c) || c == '\\')
        && name.Split('/').All(part => part is not ("" or "." or ".."));

    private static string Shown(string text) =>
        new([.. text.Take(NameLengthMax).Select(c => char.IsControl(c) ? '?' : c)]);
}
