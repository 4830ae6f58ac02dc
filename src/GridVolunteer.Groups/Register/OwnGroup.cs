using GridVolunteer.Groups.Views;

namespace GridVolunteer.Groups.Register;

/// <summary>A group this process is in.</summary>
internal sealed class OwnGroup(GroupEntry entry)
{
    public GroupEntry Entry { get; } = entry;

    /// <summary>The view that was installed last; null while it asks to be let in.</summary>
    public View? View { get; set; }

    /// <summary>What sees to it that each post is delivered once; null in a closed group.</summary>
    public OpenGate? Gate { get; } = entry.Kind == GroupKind.Open ? new OpenGate() : null;
}
