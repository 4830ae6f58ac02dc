using GridVolunteer.Groups.Protocols;
using GridVolunteer.Groups.Wire;

namespace GridVolunteer.Groups.FailureDetection;

/// <content>What is thought of whom, and how it changes.</content>
public sealed partial class FailureDetector
{
    /// <summary>Takes in a claim.</summary>
    /// <param name="from">Who passed it on.</param>
    /// <param name="claim">The claim.</param>
    /// <param name="compared">
    /// True when it comes from a comparison of everything: it may be old, and a death in it is a suspicion only.
    /// </param>
    /// <param name="now">The time.</param>
    /// <param name="output">Where to say what follows.</param>
    private void Hear(
        ProcessId from, MemberClaim claim, bool compared, TimeSpan now, Output<MembershipEvent> output)
    {
        if (claim.Subject == _self.Id)
        {
            HearOfSelf(from, claim, output);
            return;
        }

        if (!_roster.TryFind(claim.Subject, out var peer))
        {
            Learn(claim, output);
            return;
        }

        if (claim.Incarnation < peer.Incarnation && _flaw != DetectorFlaw.OldIncarnationWins)
        {
            return;
        }

        var isNewer = claim.Incarnation > peer.Incarnation || _flaw == DetectorFlaw.OldIncarnationWins;
        switch (claim.Status)
        {
            case MemberStatus.Alive:
                HearAlive(peer, claim, isNewer, output);
                break;
            case MemberStatus.Dead when !compared:
                if (isNewer || peer.IsPresent)
                {
                    Bury(peer, claim.Incarnation, claim.Claimant, now, output);
                }

                break;
            case MemberStatus.Suspect or MemberStatus.Dead:
                if (isNewer || peer.IsPresent)
                {
                    Suspect(peer, claim.Incarnation, compared ? from : claim.Claimant, now, output);
                }

                break;
            case MemberStatus.Left:
                if (isNewer || peer.Status != MemberStatus.Left)
                {
                    HearGoodbye(peer, claim, output);
                }

                break;
        }
    }

    private void HearOfSelf(ProcessId from, MemberClaim claim, Output<MembershipEvent> output)
    {
        var isBad = claim.Status is MemberStatus.Suspect or MemberStatus.Dead;
        if (_goodbye is not null)
        {
            if (isBad)
            {
                Tell(from, output);
            }

            return;
        }

        if (claim.Incarnation < Incarnation)
        {
            // Whoever says so has missed that this life has begun.
            if (claim.Status != MemberStatus.Alive)
            {
                Tell(from, output);
            }

            return;
        }

        if ((!isBad && claim.Status != MemberStatus.Left && claim.Incarnation == Incarnation)
            || _flaw == DetectorFlaw.NoSecondOpinion)
        {
            return;
        }

        if (claim.Incarnation.Refutation == Incarnation.RefutationMax)
        {
            Refusals.Count(RefusalReason.Implausible);
            return;
        }

        // Refuted, or overtaken, when a former life counted its boots higher than this one.
        if (isBad)
        {
            _health.Worsen();
        }

        Incarnation = claim.Incarnation with { Refutation = claim.Incarnation.Refutation + 1 };
        Spread(SelfClaim());
        Tell(from, output);
    }

    private void Learn(MemberClaim claim, Output<MembershipEvent> output)
    {
        if (!_options.LearnsMembers || claim.Status != MemberStatus.Alive || !claim.Incarnation.IsKnown)
        {
            return;
        }

        if (_roster.Count >= _options.MembersMax)
        {
            Refusals.Count(RefusalReason.OverLimit);
            return;
        }

        _roster.Add(new Peer(claim.Subject, claim.Extra) { Incarnation = claim.Incarnation });
        Spread(claim);
        output.Emit(new MembershipEvent(MembershipChange.Joined, claim.Subject, claim.Incarnation));
    }

    private void HearAlive(Peer peer, MemberClaim claim, bool isNewer, Output<MembershipEvent> output)
    {
        if (!isNewer || !claim.Incarnation.IsKnown)
        {
            return;
        }

        MembershipChange? change =
            !peer.IsPresent ? MembershipChange.Returned
            : peer.Incarnation.IsKnown && peer.Incarnation.Boot != claim.Incarnation.Boot ? MembershipChange.Restarted
            : peer.Status == MemberStatus.Suspect ? MembershipChange.Trusted
            : null;
        peer.Contact = claim.Extra.IsEmpty ? peer.Contact : claim.Extra;
        Become(peer, MemberStatus.Alive, claim.Incarnation);
        Spread(claim);
        if (change is { } said)
        {
            output.Emit(new MembershipEvent(said, peer.Id, peer.Incarnation));
            if (said == MembershipChange.Returned)
            {
                // Two parts of a network have met again: each has much to tell the other.
                SendState(peer.Id, wantsReturn: true, output);
            }
        }
    }

    private void HearGoodbye(Peer peer, MemberClaim claim, Output<MembershipEvent> output)
    {
        if (!_signer.Verify(
            claim.Subject, MemberClaim.GoodbyeStatement(claim.Subject, claim.Incarnation), claim.Extra.Span))
        {
            Refusals.Count(RefusalReason.Unauthentic);
            return;
        }

        Become(peer, MemberStatus.Left, claim.Incarnation);
        peer.GoodbyeSignature = claim.Extra;
        Spread(claim);
        var change = _flaw == DetectorFlaw.GoodbyeIsFailure ? MembershipChange.Failed : MembershipChange.Left;
        output.Emit(new MembershipEvent(change, peer.Id, peer.Incarnation));
    }

    private void Suspect(
        Peer peer, Incarnation incarnation, ProcessId accuser, TimeSpan now, Output<MembershipEvent> output)
    {
        if (peer.Suspicion is { } suspicion && incarnation == peer.Incarnation)
        {
            if (suspicion.Confirm(accuser))
            {
                peer.Accuser = accuser;
                _peersDueAt = Min(_peersDueAt, peer.Due);
                Spread(peer.Claim());
            }

            return;
        }

        if (!peer.IsPresent)
        {
            // Its owner alone raises an incarnation: so it has been there since.
            output.Emit(new MembershipEvent(MembershipChange.Returned, peer.Id, incarnation));
        }

        Become(peer, MemberStatus.Suspect, incarnation);
        peer.Accuser = accuser;
        peer.Suspicion = new Suspicion(_options, _roster.CountPresent() + 1, accuser, now);
        peer.RemindAt = now + (_options.Period * _random.NextDouble());
        _peersDueAt = Min(_peersDueAt, peer.Due);
        _remindsAt = Min(_remindsAt, peer.RemindAt);
        Spread(peer.Claim());
        output.Emit(new MembershipEvent(MembershipChange.Suspected, peer.Id, incarnation));
    }

    private void Bury(
        Peer peer, Incarnation incarnation, ProcessId accuser, TimeSpan now, Output<MembershipEvent> output)
    {
        Become(peer, MemberStatus.Dead, incarnation);
        peer.Accuser = accuser;
        if (_flaw != DetectorFlaw.ForgetsTheDead)
        {
            peer.RetryAt = now + Draw(_options.RetryIntervalMin, _options.RetryIntervalMax);
            _peersDueAt = Min(_peersDueAt, peer.RetryAt);
        }

        Spread(peer.Claim());
        output.Emit(new MembershipEvent(MembershipChange.Failed, peer.Id, incarnation));
    }

    private void Become(Peer peer, MemberStatus status, Incarnation incarnation)
    {
        peer.Status = status;
        peer.Incarnation = incarnation;
        peer.Suspicion = null;
        peer.RetryAt = TimeSpan.MaxValue;
        if (!peer.IsPresent && _probe?.Target == peer)
        {
            _probe = null;
        }
    }

    /// <summary>Buries suspects whose time is up, and tries the dead again.</summary>
    private void SeeToPeers(TimeSpan now, Output<MembershipEvent> output)
    {
        if (now < _peersDueAt)
        {
            return;
        }

        _peersDueAt = TimeSpan.MaxValue;
        foreach (var peer in _roster.Peers)
        {
            if (peer.Suspicion is { } suspicion && now >= suspicion.Deadline)
            {
                Bury(peer, peer.Incarnation, _self.Id, now, output);
            }
            else if (now >= peer.RetryAt)
            {
                peer.RetryAt = now + Draw(_options.RetryIntervalMin, _options.RetryIntervalMax);
                Ping(peer.Id, NextSequence(), Carrier.Datagram, now, output);
            }

            _peersDueAt = Min(_peersDueAt, peer.Due);
        }
    }

    /// <summary>
    /// Pings suspects, with the accusation behind the ping: one that is there answers with its refutation, so it
    /// is not buried because others' gossip got lost.
    /// </summary>
    private void RemindSuspects(TimeSpan now, Output<MembershipEvent> output)
    {
        if (now < _remindsAt)
        {
            return;
        }

        _remindsAt = TimeSpan.MaxValue;
        foreach (var peer in _roster.Peers)
        {
            if (peer.Suspicion is null)
            {
                continue;
            }

            if (now >= peer.RemindAt)
            {
                peer.RemindAt = now + _options.Period;
                Ping(peer.Id, NextSequence(), Carrier.Datagram, now, output);
            }

            _remindsAt = Min(_remindsAt, peer.RemindAt);
        }
    }

    private TimeSpan Draw(TimeSpan min, TimeSpan max) => min + ((max - min) * _random.NextDouble());
}
