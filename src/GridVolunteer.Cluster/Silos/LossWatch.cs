using GridVolunteer.Cluster.Grains;
using Microsoft.Extensions.Logging;

namespace GridVolunteer.Cluster.Silos;

/// <summary>
/// Listens for silos that are gone, killed or stopped. The volunteers that lived there are in nobody's memory;
/// those whose machines live build themselves anew with their next heartbeat, but of one that died at the same
/// time nobody would notice. So each silo has its shards say whose grants they have out, and the silence of
/// each of those counts from now.
/// </summary>
internal sealed class LossWatch(SiloEngine engine, ILogger<LossWatch> logger) : ISiloStatusListener
{
    private readonly Lock _gate = new();
    private Task _reminding = Task.CompletedTask;

    /// <inheritdoc/>
    public void SiloStatusChangeNotification(SiloAddress updatedSilo, SiloStatus status)
    {
        SiloLog.SiloChanged(logger, updatedSilo.ToString(), status.ToString());
        if (status != SiloStatus.Dead)
        {
            return;
        }

        lock (_gate)
        {
            _reminding = RemindAfterAsync(_reminding);
        }
    }

    private async Task RemindAfterAsync(Task earlier)
    {
        await earlier;
        try
        {
            await engine.Residents.RemindAsync();
        }
#pragma warning disable CA1031 // A bug in one shard; its host has logged it. The next loss reminds again.
        catch (Exception e)
#pragma warning restore CA1031
        {
            SiloLog.ReminderFailed(logger, e);
        }
    }
}
