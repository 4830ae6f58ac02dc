using GridVolunteer.Coordination.Contracts;
using GridVolunteer.Coordination.Jobs;
using GridVolunteer.Coordinator.Blobs;
using GridVolunteer.Coordinator.Brokering;
using GridVolunteer.Coordinator.Telemetry;
using GridVolunteer.Protocol.Blobs;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Jobs;

namespace GridVolunteer.Coordinator.Api;

/// <summary>
/// Takes submissions: finds everything wrong with one, or registers and creates the job. Both steps may be
/// repeated, so a submitter that hears nothing sends the same request again.
/// </summary>
/// <param name="grid">Where jobs are registered and created.</param>
/// <param name="blobs">Knows which blobs are here.</param>
/// <param name="tables">Reads unit tables.</param>
/// <param name="hints">Learns of the new job.</param>
public sealed class SubmissionDesk(IGrid grid, BlobStore blobs, UnitTables tables, HintKeeper hints)
{
    private const int FaultsMax = 100;

    /// <summary>Submits; the job stands only when there are no faults.</summary>
    public async Task<(JobId Job, IReadOnlyList<string> Faults)> SubmitAsync(
        JobSubmission submission, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(submission);
        using var span = CoordinatorInstruments.StartSubmission(submission.Workload, submission.Units);
        var faults = await FaultsAsync(submission, cancellationToken);
        if (faults.Count > 0)
        {
            return (default, faults);
        }

        var job = await grid.Catalog.RegisterAsync(submission.RequestId, cancellationToken);

        // From here on it is carried through: the number is taken.
        await grid.Job(job).CreateAsync(submission, CancellationToken.None);
        await hints.NoteJobAsync(job);
        return (job, []);
    }

    private async Task<IReadOnlyList<string>> FaultsAsync(
        JobSubmission submission, CancellationToken cancellationToken)
    {
        var faults =
            SubmissionRules.Faults(submission).Select(fault => $"{fault.Field}: {fault.Message}").ToList();
        if (faults.Count > 0)
        {
            return faults;
        }

        Require(faults, "package", submission.Package);
        foreach (var (name, blob) in submission.Inputs)
        {
            Require(faults, $"inputs.{name}", blob);
        }

        for (var i = 0; i < submission.Tables.Count && faults.Count < FaultsMax; i++)
        {
            if (Require(faults, $"tables[{i}]", submission.Tables[i]))
            {
                await CheckTableAsync(faults, submission, i, cancellationToken);
            }
        }

        return faults;
    }

    private bool Require(List<string> faults, string field, BlobId blob)
    {
        if (blobs.Contains(blob))
        {
            return true;
        }

        faults.Add($"{field}: blob {blob} is not here; upload it before the job.");
        return false;
    }

    private async Task CheckTableAsync(
        List<string> faults, JobSubmission submission, int number, CancellationToken cancellationToken)
    {
        var expected = WorkGeometry.UnitsInShard(submission.Units, number);
        try
        {
            var count = await tables.CountAsync(submission.Tables[number], cancellationToken);
            if (count != expected)
            {
                faults.Add(
                    $"tables[{number}]: it holds the inputs of {count} units; {expected} are expected.");
            }
        }
        catch (InvalidDataException e)
        {
            // Refused: the submitter packed something else.
            faults.Add($"tables[{number}]: {e.Message}");
        }
    }
}
