namespace GridVolunteer.Groups.Protocols;

/// <summary>What a message asks of the transport.</summary>
public enum Carrier
{
    /// <summary>
    /// A datagram: may be lost, doubled, reordered. At most <see cref="Output{TEvent}.DatagramSizeBytesMax"/>.
    /// </summary>
    Datagram,

    /// <summary>
    /// A stream: in order, and lost only when the link breaks. For what is long, and where datagrams do not
    /// pass.
    /// </summary>
    Stream,
}
