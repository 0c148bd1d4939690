package dev.patchferry.engine.format.diff;

import dev.patchferry.engine.plan.Step;
import dev.patchferry.engine.plan.WorkspacePath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Puts what a diff does to its files in an order in which one after the other does what all at once would: a diff shows
 * every file as it was before, so that a path may be taken only once it is free, and copied from only before it changes.
 * All else stays as it stands in the diff; files that take each other's places go through a name of their own.
 */
final class StepOrder {
    private enum State {
        BEGUN,
        DONE
    }

    private final List<Section> sections;
    private final Map<WorkspacePath, List<Integer>> freeing = new HashMap<>();
    private final Map<WorkspacePath, List<Integer>> copying = new HashMap<>();
    private final Map<Integer, State> states = new HashMap<>();
    private final Set<Integer> parked = new HashSet<>();
    private final List<Step> steps = new ArrayList<>();

    StepOrder(List<Section> sections) {
        this.sections = sections;
        for (int i = 0; i < sections.size(); i++) {
            index(sections.get(i).frees(), i, freeing);
            index(sections.get(i).copied(), i, copying);
        }
    }

    private static void index(Optional<WorkspacePath> path, int section, Map<WorkspacePath, List<Integer>> into) {
        path.ifPresent(
                here -> into.computeIfAbsent(here, _ -> new ArrayList<>()).add(section));
    }

    List<Step> steps() {
        for (int i = 0; i < sections.size(); i++) {
            visit(i);
        }
        return steps;
    }

    private void visit(int index) {
        if (states.putIfAbsent(index, State.BEGUN) != null) {
            return;
        }
        Section section = sections.get(index);
        section.changed().flatMap(path -> others(index, path, copying)).forEach(this::visit);
        List<Integer> inTheWay = section.takes().stream()
                .flatMap(path -> others(index, path, freeing))
                .toList();
        inTheWay.forEach(this::visit);
        inTheWay.stream().filter(other -> states.get(other) == State.BEGUN).forEach(this::park);
        emit(index, section);
        states.put(index, State.DONE);
    }

    private static Stream<Integer> others(int index, WorkspacePath path, Map<WorkspacePath, List<Integer>> sections) {
        return sections.getOrDefault(path, List.of()).stream().filter(other -> other != index);
    }

    /** Moves a file out of the way whose own place is not free yet. */
    private void park(int index) {
        Section section = sections.get(index);
        if (section.moved().isPresent() && parked.add(index)) {
            steps.add(new Step.Move(section.moved().get(), parkingPlace(index), false));
        }
    }

    private static WorkspacePath parkingPlace(int index) {
        return new WorkspacePath(".ferry-parked-" + index);
    }

    private void emit(int index, Section section) {
        section.copied().ifPresent(from -> steps.add(new Step.Copy(from, section.path())));
        section.moved()
                .map(from -> parked.contains(index) ? parkingPlace(index) : from)
                .ifPresent(from -> steps.add(new Step.Move(from, section.path(), false)));
        steps.addAll(section.steps());
    }
}
