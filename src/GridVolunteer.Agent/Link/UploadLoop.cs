using GridVolunteer.Agent.Results;
using GridVolunteer.Agent.Work;

namespace GridVolunteer.Agent.Link;

/// <summary>Uploads large results beside the exchanges, so that they hold up no small ones.</summary>
internal sealed class UploadLoop(WorkLedger ledger, ResultBlobs blobs)
{
    /// <summary>Uploads until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var changed = ledger.UploadsChanged.Next;
            var next = ledger.NextUploads();
            if (next.Count == 0)
            {
                await changed.WaitAsync(cancellation);
                continue;
            }

            var failed = await blobs.UploadAsync(next, cancellation);
            ledger.Uploaded(next, failed);
        }
    }
}
