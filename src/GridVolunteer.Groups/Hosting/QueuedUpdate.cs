namespace GridVolunteer.Groups.Hosting;

/// <summary>Something that waits for the reader: an update, or the wish for the state as it is at this point.</summary>
/// <param name="Update">The update; null for a wish.</param>
/// <param name="StateWantedOf">The group, in the life it has now, and the number of the view.</param>
internal readonly record struct QueuedUpdate(GroupUpdate? Update, (GroupId Group, ulong View)? StateWantedOf)
{
    public int SizeBytes => Update switch
    {
        GroupUpdate.Message message => message.Payload.Length,
        GroupUpdate.ViewChanged { State: { } state } => state.Length,
        _ => 0,
    };
}
