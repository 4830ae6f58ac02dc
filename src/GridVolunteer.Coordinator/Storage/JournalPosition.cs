namespace GridVolunteer.Coordinator.Storage;

/// <summary>Where a host believes the journal of its entity to stand.</summary>
/// <param name="Version">Turns stored so far.</param>
/// <param name="Epoch">The loading that the host's state comes from; see <see cref="EntityRecord"/>.</param>
public readonly record struct JournalPosition(long Version, long Epoch = 0)
{
    /// <summary>One turn on.</summary>
    public JournalPosition Next => this with { Version = Version + 1 };

    /// <inheritdoc/>
    public override string ToString() => Epoch == 0 ? $"version {Version}" : $"version {Version} of epoch {Epoch}";
}
